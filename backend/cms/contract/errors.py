"""What can go wrong between stored content and the contract.

ContractError
├── UndescribedBlockError   a block definition has no shape (a programming error)
├── UndescribedFieldError   an API field of a page has no schema (a programming error)
├── MissingExampleError     a block's example is not there, or does not fit its schema
└── UnreadableValueError    a stored value does not fit its block's schema
└── MissingReferenceError   it points at what readers may not see (yet): no cause for alarm
"""


class ContractError(Exception):
    """Something does not fit the contract."""


class UndescribedBlockError(ContractError):
    """A block definition that the contract cannot describe."""


class UndescribedFieldError(ContractError):
    """An API field of a page model that the contract cannot describe."""


class MissingExampleError(ContractError):
    """A block without the two examples that stand for it in the contract."""


class UnreadableValueError(ContractError):
    """A stored value that does not fit; `where` is its place, such as `phases.0.advice`."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where = where
        self.reason = reason


class MissingReferenceError(UnreadableValueError):
    """A page, picture or person that is gone, or that readers may not see."""
