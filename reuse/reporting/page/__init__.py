"""The report page: `rendering` fills the template, `pieces` packs the data, `bundling` joins the scripts.

`report.html`, `css/` and `js/` are package data and go into the one file as they are.
"""
