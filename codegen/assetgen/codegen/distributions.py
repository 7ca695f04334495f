"""Which distributions have to be installed for some imports."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable

# Import names that are not the name of the distribution; the longest that fits counts.
DISTRIBUTIONS = {
    "Crypto": "pycryptodome",
    "MySQLdb": "mysqlclient",
    "OpenSSL": "pyopenssl",
    "PIL": "pillow",
    "airflow": "apache-airflow",
    "attr": "attrs",
    "azure.identity": "azure-identity",
    "azure.storage.blob": "azure-storage-blob",
    "bs4": "beautifulsoup4",
    "cv2": "opencv-python-headless",
    "dateutil": "python-dateutil",
    "dbt": "dbt-core",
    "discord": "discord.py",
    "docx": "python-docx",
    "dotenv": "python-dotenv",
    "fitz": "pymupdf",
    "git": "gitpython",
    "github": "pygithub",
    "google.auth": "google-auth",
    "google.cloud.bigquery": "google-cloud-bigquery",
    "google.cloud.pubsub": "google-cloud-pubsub",
    "google.cloud.secretmanager": "google-cloud-secret-manager",
    "google.cloud.storage": "google-cloud-storage",
    "google.generativeai": "google-generativeai",
    "google.oauth2": "google-auth",
    "google.protobuf": "protobuf",
    "googleapiclient": "google-api-python-client",
    "jose": "python-jose",
    "jwt": "pyjwt",
    "kafka": "kafka-python",
    "magic": "python-magic",
    "mysql": "mysql-connector-python",
    "mpl_toolkits": "matplotlib",
    "nacl": "pynacl",
    "pkg_resources": "setuptools",
    "pptx": "python-pptx",
    "psycopg2": "psycopg2-binary",
    "pythoncom": "pywin32",
    "serial": "pyserial",
    "skimage": "scikit-image",
    "sklearn": "scikit-learn",
    "slack_sdk": "slack-sdk",
    "snowflake.connector": "snowflake-connector-python",
    "snowflake.snowpark": "snowflake-snowpark-python",
    "snowflake.sqlalchemy": "snowflake-sqlalchemy",
    "socks": "pysocks",
    "telegram": "python-telegram-bot",
    "umap": "umap-learn",
    "usb": "pyusb",
    "win32com": "pywin32",
    "yaml": "pyyaml",
    "zmq": "pyzmq",
}


def requirements_of(imports: Iterable[str], stated: Iterable[str] = ()) -> tuple[str, ...]:
    """The requirements of dotted import names, sorted; none for the standard library.

    `stated` are the project's own requirements (PEP 508): one for the same distribution is
    taken over with its version.
    """
    versions = {_normal(_name_of(requirement)): requirement.strip() for requirement in stated}
    names = {name for each in imports if (name := _distribution(each, versions)) is not None}
    return tuple(sorted((versions.get(_normal(name), name) for name in names), key=str.lower))


def _distribution(imported: str, stated: Iterable[str]) -> str | None:
    top = imported.partition(".")[0]
    if top in sys.stdlib_module_names or top == "__future__":
        return None
    parts = imported.split(".")
    for length in range(len(parts), 0, -1):
        name = ".".join(parts[:length])
        if name in DISTRIBUTIONS:
            # A project may state another distribution of the same module, such as `psycopg2`.
            return top if _normal(top) in stated else DISTRIBUTIONS[name]
    return _normal(top)


def _name_of(requirement: str) -> str:
    found = re.match(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)", requirement)
    return found.group(1) if found else ""


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
