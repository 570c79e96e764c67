"""How static files are named and kept where they are served for good."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFilesStorage(CompressedManifestStaticFilesStorage):
    """Each file's name holds the hash of its content, as do the names that one ES
    module imports another by: a phone never mixes the modules of two versions."""

    support_js_module_import_aggregation = True
