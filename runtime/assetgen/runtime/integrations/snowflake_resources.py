"""Connections to Snowflake as resources."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assetgen.runtime.definitions.resources import ConfigurableResource
from assetgen.runtime.model.failures import StepError


class SnowflakeResource(ConfigurableResource[Any]):
    """What a connection of Snowflake's own connector is made with."""

    account: str | None = None
    user: str
    password: str | None = None
    database: str | None = None
    schema: str | None = None
    role: str | None = None
    warehouse: str | None = None
    private_key: str | None = None
    private_key_password: str | None = None
    private_key_path: str | None = None
    autocommit: bool | None = None
    client_prefetch_threads: int | None = None
    client_session_keep_alive: bool | None = None
    login_timeout: int | None = None
    network_timeout: int | None = None
    ocsp_response_cache_filename: str | None = None
    validate_default_parameters: bool | None = None
    paramstyle: str | None = None
    timezone: str | None = None
    connector: str | None = None
    authenticator: str | None = None
    additional_snowflake_connection_args: dict[str, Any] | None = None

    @contextlib.contextmanager
    def get_connection(self, raw_conn: bool = True) -> Iterator[Any]:
        """A connection: what was done is committed in the end, unless each statement is."""
        import snowflake.connector  # type: ignore[import-not-found]

        if self.connector is not None:
            raise StepError(f"a script connects to Snowflake without {self.connector}")
        connection = snowflake.connector.connect(**self.connection_arguments())
        yield connection
        if not self.autocommit:
            connection.commit()
        connection.close()

    def connection_arguments(self) -> dict[str, Any]:
        """The arguments of the connector: all that is said."""
        given = {name: getattr(self, name) for name in PASSED}
        found = {name: value for name, value in given.items() if value is not None}
        if self.private_key is not None or self.private_key_path is not None:
            found["private_key"] = self.key()
        return {**found, **(self.additional_snowflake_connection_args or {})}

    def key(self) -> bytes:
        """The private key in the form that the connector wants; it may be in base 64."""
        import base64

        from cryptography.hazmat.primitives import serialization  # type: ignore

        written = (self.private_key or "").encode()
        if self.private_key_path is not None:
            written = Path(self.private_key_path).read_bytes()
        password = (self.private_key_password or "").encode() or None
        try:
            loaded = serialization.load_pem_private_key(written, password=password)
        except ValueError:
            loaded = serialization.load_pem_private_key(
                base64.b64decode(written), password=password
            )
        return loaded.private_bytes(  # type: ignore[no-any-return]
            encoding=serialization.Encoding.DER,
            format=serialization.PrivateFormat.PKCS8,
            encryption_algorithm=serialization.NoEncryption(),
        )


PASSED = (
    *("account", "user", "password", "database", "schema", "role", "warehouse", "autocommit"),
    *("client_prefetch_threads", "client_session_keep_alive", "login_timeout", "network_timeout"),
    *("ocsp_response_cache_filename", "validate_default_parameters", "paramstyle", "timezone"),
    "authenticator",
)
