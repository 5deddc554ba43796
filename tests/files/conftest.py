"""Places for files: a folder, and a bucket of an S3 server that runs on this machine."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kehu.core.files.opening import open_storage
from kehu.core.files.storage import Storage


@pytest.fixture(scope="session")
def bucket() -> Iterator[str]:
    """The address of an empty bucket on a real server that speaks S3."""
    server: Any = pytest.importorskip("moto.server").ThreadedMotoServer(
        ip_address="127.0.0.1", port=0, verbose=False
    )
    import boto3  # type: ignore[import-untyped]  # it ships none

    keys = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_REGION": "us-east-1"}
    before = {name: os.environ.get(name) for name in keys}
    os.environ.update(keys)
    server.start()
    host, port = server.get_host_and_port()
    boto3.client("s3", endpoint_url=f"http://{host}:{port}", region_name="us-east-1").create_bucket(
        Bucket="crm"
    )
    yield f"s3://crm/some/place?endpoint=http://{host}:{port}"
    server.stop()
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


@pytest.fixture(params=["local", "s3"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    """Each kind of storage, empty."""
    address = "local" if request.param == "local" else request.getfixturevalue("bucket")
    found = open_storage(address, tmp_path)
    for blob in list(found.all()):
        found.delete(blob.key)
    return found
