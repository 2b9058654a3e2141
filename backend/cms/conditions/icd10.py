"""The diagnosis codes of ICD-10-CM."""

from django.core.validators import RegexValidator

# A letter, a digit, a digit or letter; then, after a point, one to four digits or letters.
validate_icd10_code = RegexValidator(
    r"\A[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?\Z",
    "Write the code as it stands in ICD-10-CM, such as G35 or M79.7.",
)
