"""Rules for brief files, and the problems that they report."""

# Each module registers its rules, so that `rules.RULES` has all of them wherever it is imported.
from bot.core.linting import arrangement_rules as arrangement_rules
from bot.core.linting import brief_rules as brief_rules
from bot.core.linting import content_rules as content_rules
from bot.core.linting import directory_rules as directory_rules
from bot.core.linting import evidence_rules as evidence_rules
from bot.core.linting import note_rules as note_rules
from bot.core.linting import schema_rules as schema_rules
from bot.core.linting import syntax_rules as syntax_rules
from bot.core.linting import value_rules as value_rules
from bot.core.linting import version_rules as version_rules
from bot.core.linting import word_rules as word_rules
from bot.core.linting import wording_rules as wording_rules
