"""How well the detector does, in figures that can be compared from one change to the next.

In reading order: `detector` says what is measured, `corpora` on which texts, `metrics` by which measures.
`lexicon`, `edits`, `layout` and `perturbations` make the perturbation study; `fixtures_gold` scores the
speeches of the repository, `speeches` the hand-labelled ones; `partition` and `pairs` the judged pairs;
`reading_sheet` and `verdicts` the matches people read. `figures` turns all of it into rows, `table` prints
them, `floors` pins them.
"""
