"""The screens of the admin on which people read and decide about comments."""
