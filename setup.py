"""What pyproject.toml cannot say: where it is installed, the app lies in a package of its own, beside the library."""

from setuptools import find_namespace_packages, find_packages, setup

LIBRARY = find_packages(include=["segmentation", "segmentation.*"])
PAGES = find_namespace_packages(include=["pages", "pages.*"], exclude=["*__pycache__*"])

setup(
    script_name="setup.py",  # itself no part of the app
    packages=[*LIBRARY, "segment_lab", *(f"segment_lab.{one}" for one in PAGES)],
    package_dir={"segment_lab": "."},  # app.py, launch.py, pages/, and beside them:
    package_data={
        "segment_lab": [".streamlit/config.toml", "sample_data/*.csv", "sample_data/*.csv.gz"],
        "": ["*.js", "*.css", "*.svg", "*.sql"],
    },
)
