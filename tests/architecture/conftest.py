"""The application, for the fences that walk its routes and its tables."""

from tests.integration.conftest import app, as_user, client, kept_apps, module_app, session

__all__ = ["app", "as_user", "client", "kept_apps", "module_app", "session"]
