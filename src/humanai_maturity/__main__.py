"""Run the command line with `python -m humanai_maturity`."""

from humanai_maturity.cli import main

if __name__ == "__main__":
    main(prog_name="python -m humanai_maturity")
