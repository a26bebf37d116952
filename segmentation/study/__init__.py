"""Study: every setting of an analysis as one document that can be saved, sent and replayed."""

from segmentation.study.portfolio import BUBBLES
from segmentation.study.potential import EXPECTED
from segmentation.study.reading import READING
from segmentation.study.study import WINDOWS, Study

__all__ = ["BUBBLES", "EXPECTED", "READING", "WINDOWS", "Study"]
