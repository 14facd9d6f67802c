"""The formats and views that commands print. Apart from the commands, so that arguments are parsed before these are
imported."""

from typing import Literal, get_args

AskFormat = Literal["text", "json", "blocks"]
AskView = Literal["all", "quotes"]
CheckFormat = Literal["text", "json", "github", "markdown", "sarif"]
DoctorFormat = Literal["text", "json"]
DiffFormat = Literal["text", "json", "blocks", "markdown"]
VerifyFormat = Literal["text", "json"]
GapsFormat = Literal["text", "json", "markdown"]
RestsOnFormat = Literal["text", "json"]
ExportFormat = Literal["markdown", "csl-json", "claimreview", "html"]
ImportFormat = Literal["text", "json"]
SchemaName = Literal["brief", "store"]

ASK_FORMATS: tuple[AskFormat, ...] = get_args(AskFormat)
CHECK_FORMATS: tuple[CheckFormat, ...] = get_args(CheckFormat)
DOCTOR_FORMATS: tuple[DoctorFormat, ...] = get_args(DoctorFormat)
DIFF_FORMATS: tuple[DiffFormat, ...] = get_args(DiffFormat)
VERIFY_FORMATS: tuple[VerifyFormat, ...] = get_args(VerifyFormat)
GAPS_FORMATS: tuple[GapsFormat, ...] = get_args(GapsFormat)
RESTS_ON_FORMATS: tuple[RestsOnFormat, ...] = get_args(RestsOnFormat)
EXPORT_FORMATS: tuple[ExportFormat, ...] = get_args(ExportFormat)
IMPORT_FORMATS: tuple[ImportFormat, ...] = get_args(ImportFormat)
SCHEMAS: tuple[SchemaName, ...] = get_args(SchemaName)
