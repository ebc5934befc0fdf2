# @title Set-up: the course's helper package and data are packed in this cell. Run it first. {display-mode: "form"}
import base64
import importlib.abc
import importlib.machinery
import importlib.util
import io
import sys
import zipfile


class Packed(importlib.abc.MetaPathFinder, importlib.abc.SourceLoader):
    """Imports lessons_lib out of this cell: nothing is installed, downloaded or written."""

    def __init__(self, archive):
        self.archive = zipfile.ZipFile(io.BytesIO(base64.b64decode(archive)))
        self.archive.filename = "this notebook"

    def find_spec(self, name, path=None, target=None):
        stem = name.replace(".", "/")
        for file in (f"{stem}/__init__.py", f"{stem}.py"):
            if file in self.archive.namelist():
                package = file.endswith("__init__.py")
                spec = importlib.machinery.ModuleSpec(name, self, origin=file, is_package=package)
                spec.has_location = True
                return spec

    def get_filename(self, name):
        return self.find_spec(name).origin

    def get_data(self, path):
        return self.archive.read(path)


if importlib.util.find_spec("lessons_lib") is None:  # an installed one comes first
    packed = Packed("$archive")
    sys.meta_path.append(packed)
    import lessons_lib.data

    lessons_lib.data.FOLDER = zipfile.Path(packed.archive, "data/")
