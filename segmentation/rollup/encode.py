"""Texts → whole numbers: equal texts get equal numbers, at the speed of reading them once."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

BLOCK = 1 << 15  # rows worked on at a time, so that what lies between two steps stays in the processor's cache
WIDEST = 4  # words of eight bytes; longer texts go through a dictionary
EXACT = 2**53  # whole numbers below this are exact in float64
SMALL_TABLE = 1 << 20  # a look-up table of this many places is always worth it
BEFORE_END = np.array([(1 << 8 * count) - 1 for count in range(9)], np.uint64)  # the lowest 0…8 bytes set


def encode(texts: pa.Array | pa.ChunkedArray) -> tuple[np.ndarray, pa.StringArray]:
    """Number distinct texts in the order of their UTF-8 code points.

    Gives (codes, distinct): codes is int32, one per text, an index into distinct, −1 where the text is
    null or empty; distinct is sorted and holds neither.
    """
    texts = chunked(texts)
    if pa.types.is_dictionary(texts.type):
        return _of_dictionary(texts.unify_dictionaries())
    packed = pack(texts)
    if packed and packed[1] <= max(SMALL_TABLE, 4 * len(texts)):
        return _by_table(texts, *packed)
    return _of_dictionary(texts.dictionary_encode())


def identify(texts: pa.Array | pa.ChunkedArray) -> tuple[np.ndarray, int]:
    """Tell texts apart: (numbers, limit) with equal numbers exactly where texts are equal, below limit; −1 for missing.

    The numbers are int32 or int64 and mean nothing else. Null and empty are missing.
    """
    texts = chunked(texts)
    if not pa.types.is_dictionary(texts.type):
        packed = pack(texts)
        if packed:
            numbers, limit = packed
            if any(not lengths(chunk).all() for chunk in texts.chunks):
                numbers -= 1  # the empty text is 0, and only it
            return numbers, limit
    codes, distinct = encode(texts if pa.types.is_dictionary(texts.type) else texts.dictionary_encode())
    return codes, len(distinct)


def chunked(texts: pa.Array | pa.ChunkedArray) -> pa.ChunkedArray:
    """The same texts as chunks of 32-bit strings (or a dictionary of them) in which a missing text is never null."""
    texts = texts if isinstance(texts, pa.ChunkedArray) else pa.chunked_array([texts])
    if pa.types.is_dictionary(texts.type):
        return texts
    texts = texts if pa.types.is_string(texts.type) else texts.cast(pa.string())
    return texts.fill_null("") if texts.null_count else texts


def pack(texts: pa.ChunkedArray) -> tuple[np.ndarray, int] | None:
    """Texts as numbers of mixed base, one digit per byte: (numbers, limit), in the order of the texts.

    A byte position that takes r different values is a digit of base r, so `C0047318` needs only the
    room of its seven digits; the empty text is 0 where there is one. int32 where the limit allows, else
    int64. None where the texts are too long, hold a zero byte (it could not be told from the end of the
    text), or need more room than a float64 holds exactly.
    """
    words = -(-max((int(lengths(chunk).max(initial=0)) for chunk in texts.chunks), default=0) // 8)
    if not words:
        return np.zeros(len(texts), np.int32), 1
    survey = _survey(texts, words) if words <= WIDEST else None
    if survey is None:
        return None
    shifts, bases = survey
    limit = int(np.prod(bases.astype(object)))
    if limit >= EXACT:
        return None
    places = np.append(np.cumprod(bases[:0:-1].astype(np.float64))[::-1], 1.0)
    numbers = np.empty(len(texts), np.int32 if limit < 2**31 else np.int64)
    for rows, piece in _pieces(texts, words):
        # every partial sum is a whole number below 2^53, hence exact in any order
        numbers[rows] = sum(
            _octets(value - (shifts[word] & present)) @ places[8 * word : 8 * word + 8]
            for word, (value, present) in enumerate(piece)
        )
    return numbers, limit


def _survey(texts: pa.ChunkedArray, words: int) -> tuple[np.ndarray, np.ndarray] | None:
    """What to take from the bytes at each place to make digits from 0 (a uint64 per word), and each digit's base.

    0 is the digit for "the text has ended" where some texts have. None where a text holds a zero byte.
    """
    low, high = np.full((words, 8), 255, np.uint8), np.zeros((words, 8), np.uint8)
    always, ever = ~np.zeros(words, np.uint64), np.zeros(words, np.uint64)
    for _, piece in _pieces(texts, words):
        for word, (value, present) in enumerate(piece):
            low[word] = np.minimum(low[word], _per_place(np.minimum, value | ~present))
            high[word] = np.maximum(high[word], _per_place(np.maximum, value))
            always[word] &= np.bitwise_and.reduce(present)
            ever[word] |= np.bitwise_or.reduce(present)
    reached = ever.view(np.uint8).reshape(words, 8) > 0
    if np.any(reached & (low == 0)):
        return None
    shift = np.where(reached, low - (always.view(np.uint8).reshape(words, 8) == 0), 0).astype(np.uint8)
    bases = (high - shift).astype(np.int64).ravel() + 1
    return shift.view(np.uint64).ravel(), bases


def _pieces(texts: pa.ChunkedArray, words: int) -> Iterator[tuple[slice, list[tuple[np.ndarray, np.ndarray]]]]:
    """Some rows at a time, and for each eight bytes of the width: their values, zeros after the end of the text,
    and 0xFF for each byte before it. Both uint64, one per row; the first byte of the text is the lowest.
    """
    start, end = 0, 8 * words + 8
    for chunk in texts.chunks:
        offsets, data = _offsets(chunk), chunk.buffers()[2]
        for rows in blocks(len(chunk)):
            places = offsets[rows.start : rows.stop + 1]
            piece = np.zeros(places[-1] - places[0] + end, np.uint8)
            if data:
                piece[:-end] = np.frombuffer(data, np.uint8)[places[0] : places[-1]]
            eight = np.ndarray(len(piece) - 7, "<u8", piece, strides=(1,))  # eight bytes from any place
            places, lengths = places[:-1] - places[0], np.diff(places)
            present = [BEFORE_END[np.clip(lengths - 8 * word, 0, 8)] for word in range(words)]
            values = [eight[places + 8 * word] & present[word] for word in range(words)]
            yield slice(start + rows.start, start + rows.stop), list(zip(values, present, strict=True))
        start += len(chunk)


def _octets(values: np.ndarray) -> np.ndarray:
    return values.view(np.uint8).reshape(-1, 8).astype(np.float64)


def _per_place(operation: np.ufunc, values: np.ndarray) -> np.ndarray:
    """Reduce uint64 words byte by byte → eight bytes; long rows first, because short ones waste the loop."""
    whole = len(values) // 512 * 512
    long = values[:whole].view(np.uint8).reshape(-1, 4096)
    parts = [values[whole:].view(np.uint8).reshape(-1, 8)]
    if whole:
        parts.append(operation.reduce(long, axis=0).reshape(-1, 8))
    return operation.reduce(np.concatenate(parts), axis=0)


def _by_table(texts: pa.ChunkedArray, numbers: np.ndarray, limit: int) -> tuple[np.ndarray, pa.StringArray]:
    """Codes from packed numbers by a table with a place for every possible number."""
    example = np.full(limit, -1, np.int32)
    example[numbers] = np.arange(len(numbers), dtype=np.int32)
    used = np.flatnonzero(example >= 0)
    rows = example[used]
    distinct = texts.take(pa.array(rows)).combine_chunks()
    example[used] = np.arange(len(used), dtype=np.int32)
    codes = example[numbers]
    return _without_empty(codes, distinct)


def _of_dictionary(texts: pa.ChunkedArray) -> tuple[np.ndarray, pa.StringArray]:
    """Codes from the dictionary's own, put in order; entries that repeat each other or are empty are merged."""
    entries = texts.chunk(0).dictionary if texts.num_chunks else pa.array([], pa.string())
    entries = pc.fill_null(entries.cast(pa.string()), "")
    order = pc.sort_indices(entries).to_numpy()
    ordered = entries.take(pa.array(order))
    first = np.ones(len(ordered), bool)
    if len(ordered) > 1:
        first[1:] = pc.not_equal(ordered[1:], ordered[:-1]).to_numpy(zero_copy_only=False)
    rank = np.full(len(ordered) + 1, -1, np.int32)  # the last place is for a missing text
    rank[order] = np.cumsum(first, dtype=np.int32) - 1
    indices = [pc.fill_null(chunk.indices.cast(pa.int32()), len(ordered)).to_numpy() for chunk in texts.chunks]
    codes = rank[np.concatenate(indices)] if indices else np.empty(0, np.int32)
    return _without_empty(codes, ordered.filter(pa.array(first)))


def _without_empty(codes: np.ndarray, distinct: pa.StringArray) -> tuple[np.ndarray, pa.StringArray]:
    """The empty text sorts first: take it out and give its texts the code −1."""
    if len(distinct) and distinct[0].as_py() == "":
        codes = np.maximum(codes - 1, -1)
        distinct = distinct[1:]
    return codes, distinct


def lengths(chunk: pa.StringArray) -> np.ndarray:
    """How many bytes each text of a chunk has (int32)."""
    return np.diff(_offsets(chunk))


def _offsets(chunk: pa.StringArray) -> np.ndarray:
    """Where each text starts in the chunk's bytes, and where the last one ends: int32, one more than texts."""
    if not len(chunk):
        return np.zeros(1, np.int32)
    return np.frombuffer(chunk.buffers()[1], np.int32)[chunk.offset : chunk.offset + len(chunk) + 1]


def blocks(rows: int) -> list[slice]:
    return [slice(start, min(start + BLOCK, rows)) for start in range(0, rows, BLOCK)]
