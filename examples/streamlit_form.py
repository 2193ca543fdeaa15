"""Ask the questions of a rubric in a browser. Start it with `streamlit run streamlit_form.py`."""

import streamlit as st

import humanai_maturity as hm

Value = bool | float | str | list[str] | None


@st.cache_resource
def load() -> hm.Scorer:
    """Compile the rubric once for all visitors."""
    return hm.Scorer(hm.load_rubric("ai-human-cx"))


def ask(question: hm.Criterion | hm.Fact, grades: tuple[hm.EvidenceGrade, ...]) -> hm.Answer | hm.Unknown:
    """Show one question and return its answer; it stays unknown until somebody says that it is known."""
    st.subheader(question.title)
    st.write(question.question or "")
    if not st.toggle("We know this", key=f"{question.id} known"):
        return hm.Unknown()
    value = ask_value(question)
    evidence = st.selectbox("How do we know?", [grade.id for grade in grades], key=f"{question.id} evidence")
    return hm.Unknown() if value is None else hm.Answer(value=value, evidence=evidence)


def ask_value(question: hm.Criterion | hm.Fact) -> Value:
    """Show what the first scale of a question asks for; `None` is no answer yet."""
    scale = question.scales[0]
    match scale:
        case hm.ChoiceScale():
            texts = {option.id: option.text or option.id for option in scale.options}
            return st.radio("Which is true today?", list(texts), None, texts.get, key=question.id)
        case hm.YesNoScale():
            return st.radio("Is it so?", [True, False], None, {True: "Yes", False: "No"}.get, key=question.id)
        case hm.ChecklistScale():
            return [
                item.id for item in scale.items if st.checkbox(item.text or item.id, key=f"{question.id} {item.id}")
            ]
        case hm.MetricScale():
            return st.number_input(scale.unit or "Number", value=None, key=question.id)
        case hm.CustomScale():
            return st.text_input(scale.measure, value=None, key=question.id)


scorer = load()
st.title(scorer.rubric.title)
answers: dict[str, hm.Answer | hm.Unknown] = {}
for part in (*scorer.rubric.walk(), *scorer.rubric.facts):
    if isinstance(part, hm.Dimension):
        st.header(part.title)
    else:
        answers[part.id] = ask(part, scorer.rubric.evidence_grades)

st.header("Result")
try:
    st.text(scorer.score(answers).explain())
except hm.AnswerError as error:
    st.error("\n".join(f"- {problem.path}: {problem.message}" for problem in error.problems))
