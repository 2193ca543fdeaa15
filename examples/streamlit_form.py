"""Ask the questions of a rubric in a browser.

Start it with `streamlit run streamlit_form.py`.
"""

import streamlit as st

import humanai_maturity as hm

Value = bool | float | str | list[str] | None


@st.cache_resource
def load() -> hm.Scorer:
    """Compile the rubric once for all visitors."""
    return hm.Scorer(hm.load_rubric("ai-human-cx"))


def ask(
    question: hm.Criterion | hm.Fact, grades: tuple[hm.EvidenceGrade, ...]
) -> hm.Answer | hm.Unknown:
    """Show one question and return its answer; at first nobody knows it."""
    st.subheader(question.title)
    st.write(question.question or "")
    if not st.toggle("We know this", key=f"{question.id} known"):
        return hm.Unknown()
    value = ask_value(question)
    names = [grade.id for grade in grades]
    grade = st.selectbox("How do we know?", names, key=f"{question.id} grade")
    return (
        hm.Unknown()
        if value is None
        else hm.Answer(value=value, evidence=grade)
    )


def ask_value(question: hm.Criterion | hm.Fact) -> Value:
    """Show what the first scale asks for; `None` is no answer yet."""
    scale, key = question.scales[0], question.id
    match scale:
        case hm.ChoiceScale():
            texts = {each.id: each.text or each.id for each in scale.options}
            return st.radio("Which one?", list(texts), None, texts.get, key)
        case hm.YesNoScale():
            words = {True: "Yes", False: "No"}
            return st.radio("Is it so?", list(words), None, words.get, key)
        case hm.ChecklistScale():
            texts = {each.id: each.text or each.id for each in scale.items}
            boxes = {
                item: st.checkbox(text, key=f"{key} {item}")
                for item, text in texts.items()
            }
            return [item for item, holds in boxes.items() if holds]
        case hm.MetricScale():
            return st.number_input(scale.unit or "Number", value=None, key=key)
        case hm.CustomScale():
            return st.text_input(scale.measure, value=None, key=key)


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
    card = scorer.score(answers)
    st.image(hm.report.chart_svg(card, kind="ladder"))
    st.text(card.explain())
except hm.AnswerError as error:
    for problem in error.problems:
        st.error(f"{problem.path}: {problem.message}")
