"""`briefbot doctor`: looks at all that a bot needs, and says what is wrong and what to do."""

import os
from dataclasses import asdict

from bot.app.doctor.examine import examine
from bot.app.doctor.finding import Finding
from bot.app.logs import only_errors
from bot.cli.formats import DoctorFormat
from bot.cli.output import print_text, to_json


def doctor(format: DoctorFormat) -> int:
    """Prints a line for each part. Returns 1 where something is wrong that keeps a bot from its work, else 0."""
    with only_errors():  # what is printed here says it all
        findings = list(examine(os.environ))
    print_text(to_json([asdict(each) for each in findings]) if format == "json" else "\n".join(map(_line, findings)))
    return int(any(each.state == "wrong" for each in findings))


def _line(finding: Finding) -> str:
    return f"{finding.state:<8} {finding.check:<11} {finding.says}"
