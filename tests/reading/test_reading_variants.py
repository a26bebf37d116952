"""One known table, written in more than 300 ways that programs and people write tables: each reads to the same table.

Where a way of writing leaves two readings open, the right question must be asked, and its answer must give the table.
"""

import csv
import datetime
import io
import random

import pytest

from segmentation.reading.read import read
from segmentation.table import Table

HEADINGS = ["Customer no", "Name", "City", "Date", "Units", "Revenue"]
PLACES = {
    "": ["Rome", "Paris", "New York", "Oslo", "Lima", "Den Haag"],
    "western": ["Köln", "Besançon", "Málaga", "São Paulo", "Århus", "Tiranë", "Düsseldorf", "Orléans"],
    "central": ["Łódź", "Kraków", "Gdańsk", "Częstochowa", "Wrocław", "Święty Żabka", "Piątek", "Źródło"],
    "cyrillic": ["Москва", "Екатеринбург", "Нижний Новгород", "Казань", "Пётр и Ко", "Ромашка", "Самара", "Пермь"],
    "chinese": ["北京", "上海", "广州", "深圳市", "有限公司", "成都", "武汉", "天津"],
    "taiwanese": ["台北", "高雄", "台中市", "新竹", "有限公司", "台南", "基隆", "花蓮縣"],
    "japanese": ["東京", "大阪", "京都", "株式会社", "カタカナ", "ひらがな", "札幌", "名古屋"],
    "korean": ["서울", "부산", "인천", "대구", "주식회사", "광주", "대전", "울산"],
    "greek": ["Αθήνα", "Θεσσαλονίκη", "Πάτρα", "Ηράκλειο", "Λάρισα", "Βόλος", "Ιωάννινα", "Χανιά"],
}


def known(script: str = "", rows: int = 24) -> list[tuple]:
    """The table: code with leading zeros, name, city, date, units, revenue; the same at every call."""
    chance = random.Random(7)
    names = ["Tea & Co", "O'Brien Ltd", "NA", "Shell", "Total Energies", "Jo Smith", "x-ray", "Ann Lee"]
    day = datetime.date(2024, 1, 1)
    return [
        (
            f"{i * 37 + 5:05d}",
            f"{names[i % len(names)]} {i}" if i % 8 != 2 else "NA",
            PLACES[script][i % len(PLACES[script])],
            day + datetime.timedelta(days=i * 13),
            i % 7 + 1,
            chance.choice([1, -1, 1, 1, 1]) * chance.randrange(100, 300_000_000) / 100,
        )
        for i in range(rows)
    ]


def number(value: float, thousands: str = "", decimal: str = ".") -> str:
    return f"{value:,.2f}".replace(",", "#").replace(".", decimal).replace("#", thousands)


def written(
    table: list[tuple],
    *,
    delimiter: str = ",",
    quoting: int = csv.QUOTE_MINIMAL,
    quote: str = '"',
    escape: str | None = None,
    end: str = "\n",
    date=datetime.date.isoformat,
    money=number,
    headings: list[str] | None = HEADINGS,
) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(
        out,
        delimiter=delimiter,
        quoting=quoting,  # type: ignore[arg-type]
        quotechar=quote,
        escapechar=escape,
        doublequote=escape is None,
        lineterminator=end,
    )
    writer.writerows([headings] if headings else [])
    writer.writerows([*row[:3], date(row[3]), str(row[4]), money(row[5])] for row in table)
    return out.getvalue()


def assert_known(content: str | bytes, table: list[tuple], **decisions) -> Table:
    """The content reads to the table, and every row is used or set aside."""
    data = content if isinstance(content, bytes) else content.encode()
    found = read(data, name="file.csv", **decisions)
    rows = list(zip(*(column.to_pylist() for column in found.data.columns), strict=True))
    assert [row[:5] for row in rows] == [row[:5] for row in table]
    assert [row[5] for row in rows] == pytest.approx([row[5] for row in table], abs=1e-6)
    assert len(found.data.column_names) == 6
    assert found.report.rows_in == found.report.rows_used + len(found.set_aside)
    assert found.report.rows_used == len(table)
    return found


# How the letters are written

ENCODINGS = [
    *[("western", name) for name in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1")],
    *[("western", name) for name in ("iso8859-15",)],
    *[("central", name) for name in ("utf-8", "utf-16-le", "cp1250", "iso8859-2")],
    *[("cyrillic", name) for name in ("utf-8", "utf-16", "utf-16-be", "cp1251", "koi8-r", "iso8859-5", "cp866")],
    *[("chinese", name) for name in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gbk", "gb18030", "gb2312")],
    *[("taiwanese", name) for name in ("utf-8", "big5")],
    *[("japanese", name) for name in ("utf-8", "shift_jis", "cp932", "euc_jp")],
    *[("korean", name) for name in ("utf-8", "euc_kr", "cp949")],
    *[("greek", name) for name in ("utf-8", "cp1253", "iso8859-7")],
]


@pytest.mark.parametrize("delimiter", [";", "\t"])
@pytest.mark.parametrize(("script", "encoding"), ENCODINGS)
def test_letters_are_read_in_every_encoding(script, encoding, delimiter):
    table = known(script)
    assert_known(written(table, delimiter=delimiter).encode(encoding), table)


def test_a_currency_sign_is_enough_to_read_amounts():
    table = known()
    euros = written(table, delimiter=";", money=lambda value: number(value, ".", ",") + " €")
    pounds = written(table, money=lambda value: "£" + number(value))
    for content in (euros, pounds):
        assert_known(content.encode("cp1252"), table)


def test_a_tiny_file_in_a_code_page_is_asked_with_a_field_in_each_reading():
    content = "name,n\nŁódź,1\nKraków,2\n".encode("cp1250")
    (question,) = read(content).report.questions
    assert question.setting == "encoding" and len(question.readings) > 1
    assert read(content, encoding="cp1250").data["name"].to_pylist() == ["Łódź", "Kraków"]
    assert read(content, encoding="cp1250").report.questions == ()


# How cells are set apart

MARKS = [",", ";", "\t", "|", "~", "^", "\x01", ":"]
QUOTINGS = {
    "as needed": {},
    "all quoted": {"quoting": csv.QUOTE_ALL},
    "words quoted": {"quoting": csv.QUOTE_NONNUMERIC},
    "single quotes": {"quoting": csv.QUOTE_ALL, "quote": "'"},
    "backslashes": {"quoting": csv.QUOTE_ALL, "escape": "\\"},
}
ENDS = {"LF": "\n", "CR": "\r", "CRLF": "\r\n"}


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("quoting", QUOTINGS)
@pytest.mark.parametrize("delimiter", MARKS)
def test_every_delimiter_quotation_mark_and_line_end(delimiter, quoting, end):
    table = known()
    assert_known(written(table, delimiter=delimiter, end=ENDS[end], **QUOTINGS[quoting]), table)


@pytest.mark.parametrize("quoting", ["all quoted", "words quoted", "as needed", "single quotes"])
def test_a_space_may_set_cells_apart(quoting):
    table = known()
    assert_known(written(table, delimiter=" ", **QUOTINGS[quoting]), table)


SPECIAL = ['say "hi"', "a,b;c|d", "tab\there", "two\nlines", "it's", "C:\\new", " padded", "", "'quoted'", 'end"']


@pytest.mark.parametrize("quoting", ["as needed", "all quoted", "words quoted"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_cells_keep_delimiters_quotes_and_line_breaks_letter_by_letter(delimiter, quoting):
    rows = [[str(i), word, f"{i}.5"] for i, word in enumerate(SPECIAL * 3)]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n", **QUOTINGS[quoting])
    writer.writerows([["n", "word", "amount"], *rows])
    found = read(out.getvalue().encode(), text="all")
    assert [[cell or "" for cell in row.values()] for row in found.data.to_pylist()] == rows


def test_a_comma_and_a_space_set_cells_apart():
    table = known()
    lines = [HEADINGS, *[[*row[:3], row[3].isoformat(), str(row[4]), f'"{row[5]:,.2f}"'] for row in table]]
    assert_known("\n".join(", ".join(line) for line in lines), table)


def test_line_ends_may_be_mixed_and_the_last_one_missing():
    table = known()
    lines = written(table).splitlines()
    content = "".join(line + end for line, end in zip(lines, ["\n", "\r\n", "\r"] * 99, strict=False))
    assert_known(content.rstrip("\r\n"), table)


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_a_first_line_may_name_the_delimiter(delimiter):
    table = known()
    found = assert_known(f"sep={delimiter}\r\n" + written(table, delimiter=delimiter, end="\r\n"), table)
    assert found.report.delimiter == delimiter and found.report.header_line == 2


def aligned(table, gap, ruled, headings=HEADINGS):
    rows = [headings, *[[*row[:3], row[3].isoformat(), str(row[4]), number(row[5])] for row in table]]
    widths = [max(len(row[i]) for row in rows) for i in range(6)]
    lines = [(" " * gap).join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    rule = (" " * gap).join("-" * width for width in widths)
    return [lines[0], rule, *lines[1:]] if ruled else lines


@pytest.mark.parametrize(("gap", "ruled"), [(1, True), (2, False), (2, True), (5, False), (5, True)])
def test_aligned_columns_are_read(gap, ruled):
    assert_known("\n".join(aligned(known(), gap, ruled)), known())


def test_columns_one_space_apart_are_read_where_no_cell_has_two_words_and_kept_as_whole_lines_where_one_has():
    words = [tuple(cell.replace(" ", "-") if isinstance(cell, str) else cell for cell in row) for row in known()]
    assert_known("\n".join(aligned(words, 1, False, [name.replace(" ", "-") for name in HEADINGS])), words)
    lines = aligned(known(), 1, False)
    whole = read("\n".join(lines).encode()).data
    assert whole.num_columns == 1 and whole[0].to_pylist() == [line.strip() for line in lines[1:]]


@pytest.mark.parametrize(
    "headings",
    [
        "Customer     Town        Note      Amount",
        "Customer     Town        Note      Amount\n------------ ----------- --------- ------",
        "Customer Town Note Amount\n------------ ----------- --------- ------",
    ],
)
def test_aligned_columns_may_hold_names_of_two_words_and_empty_cells(headings):
    content = f"""{headings}
Ann Lee      New York              10
Bo Berg                  new buyer 20
Cy Cruz      Den Haag    old buyer 30
Di Dorn      Rome                  40
Ed Eck       Oslo
"""
    found = read(content.encode()).data
    assert found.column_names == ["Customer", "Town", "Note", "Amount"]
    assert [list(row.values()) for row in found.to_pylist()] == [
        ["Ann Lee", "New York", None, 10],
        ["Bo Berg", None, "new buyer", 20],
        ["Cy Cruz", "Den Haag", "old buyer", 30],
        ["Di Dorn", "Rome", None, 40],
        ["Ed Eck", "Oslo", None, None],
    ]


# How numbers are written


def parentheses(value: float) -> str:
    return f"({number(-value, ',')})" if value < 0 else number(value, ",")


def trailing_minus(value: float) -> str:
    return number(abs(value), ".", ",") + ("-" if value < 0 else "")


def indian(value: float) -> str:
    whole, cents = f"{abs(value):.2f}".split(".")
    head, tail = whole[:-3], whole[-3:]
    parts = []
    while head:
        parts, head = [head[-2:], *parts], head[:-2]
    return ("-" if value < 0 else "") + ",".join([*parts, tail]) + "." + cents


NUMBERS = {
    "1234.50": number,
    "1,234.50": lambda v: number(v, ","),
    "1234,50": lambda v: number(v, "", ","),
    "1.234,50": lambda v: number(v, ".", ","),
    "1 234,50": lambda v: number(v, " ", ","),
    "1 234.50": lambda v: number(v, " "),
    "nbsp": lambda v: number(v, "\u00a0", ","),
    "narrow": lambda v: number(v, "\u202f", ","),
    "thin": lambda v: number(v, "\u2009", ","),
    "1'234.50": lambda v: number(v, "'"),
    "1’234,50": lambda v: number(v, "’", ","),
    "$1,234.50": lambda v: ("-" if v < 0 else "") + "$" + number(abs(v), ","),
    "$-1,234.50": lambda v: "$" + number(v, ","),
    "1.234,50 €": lambda v: number(v, ".", ",") + " €",
    "€ 1.234,50": lambda v: "€ " + number(v, ".", ","),
    "EUR 1.234,50": lambda v: "EUR " + number(v, ".", ","),
    "1.234,50 EUR": lambda v: number(v, ".", ",") + " EUR",
    "CHF 1'234.50": lambda v: "CHF " + number(v, "'"),
    "Rp1.234,50": lambda v: ("-" if v < 0 else "") + "Rp" + number(abs(v), ".", ","),
    "Rp. 1.234,50": lambda v: ("-" if v < 0 else "") + "Rp. " + number(abs(v), ".", ","),
    "1 234,50 руб.": lambda v: number(v, " ", ",") + " руб.",
    "1 234,50 ₽": lambda v: number(v, "\u00a0", ",") + " ₽",
    "¥1,234.50": lambda v: ("-" if v < 0 else "") + "¥" + number(abs(v), ","),
    "1.234,50 lekë": lambda v: number(v, ".", ",") + " lekë",
    "R$ 1.234,50": lambda v: ("-" if v < 0 else "") + "R$ " + number(abs(v), ".", ","),
    "1 234,50 zł": lambda v: number(v, " ", ",") + " zł",
    "(1,234.50)": parentheses,
    "1.234,50-": trailing_minus,
    "−1,234.50": lambda v: number(v, ",").replace("-", "−"),
    "12,34,567.50": indian,
    "1.2345E+03": lambda v: f"{v:.10E}",
    "1,2345E+03": lambda v: f"{v:.10E}".replace(".", ","),
    " padded ": lambda v: f"{number(v, ','):>20} ",
    "+1234.50": lambda v: f"{v:+.2f}",
}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("style", NUMBERS)
def test_numbers_of_every_national_style(style, delimiter):
    table = known()
    found = assert_known(written(table, delimiter=delimiter, money=NUMBERS[style]), table)
    assert not [question for question in found.report.questions if question.setting == "decimal"]


def test_whole_amounts_with_a_dash_for_cents():
    content = "product;price\na;1.234,-\nb;2.500.000,-\nc;17,--\n"
    assert read(content.encode()).data["price"].to_pylist() == [1234, 2_500_000, 17]


@pytest.mark.parametrize(("mark", "other"), [(".", ","), (",", ".")])
def test_thousands_that_may_be_decimals_are_asked_and_the_answer_is_followed(mark, other):
    content = f"item;amount\na;1{mark}234\nb;12{mark}500\n".encode()
    (question,) = read(content).report.questions
    assert (question.setting, question.column) == ("decimal", "amount")
    assert sorted(question.readings.values()) == ["1.234", "1234"]
    for answer, shown in question.readings.items():
        found = read(content, decimal={"amount": answer})
        assert f"{found.data['amount'][0].as_py():.10g}" == shown and not found.report.questions


# How dates are written

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "sq": "Janar Shkurt Mars Prill Maj Qershor Korrik Gusht Shtator Tetor Nëntor Dhjetor",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}


def worded(language: str, shape: str):
    return lambda d: shape.format(d=d.day, m=MONTHS[language].split()[d.month - 1], y=d.year, s=f"{d.year % 100:02d}")


DATES = {
    **{
        shape: (lambda d, shape=shape: d.strftime(shape))
        for shape in (
            *("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%m/%d/%Y"),
            *("%m-%d-%Y", "%d.%m.%y", "%d/%m/%y", "%m/%d/%y", "%d.%m.%Y 0:00:00", "%d.%m.%Y %H:%M", "%d. %m. %Y"),
            *("%Y-%m-%dT00:00:00", "%Y-%m-%d 00:00:00.000", "%Y-%m-%dT00:00:00Z", "%Y-%m-%d 00:00:00+02:00"),
            *(
                "%m/%d/%Y 12:00:00 AM",
                "%d/%m/%Y 12.30",
                "%Y年%m月%d日",
                "%d %b %Y",
                "%d-%b-%y",
                "%b %d, %Y",
                "%d-%b-%Y",
            ),
            *("%A, %B %d, %Y", "%a, %d %b %Y 00:00:00 GMT", "%Y-%b-%d", "%d%b%Y", "%B %d %Y"),
        )
    },
    "1/2/2024 unpadded": lambda d: f"{d.month}/{d.day}/{d.year}",
    "Excel": lambda d: str((d - datetime.date(1899, 12, 30)).days),
    "Excel with time": lambda d: f"{(d - datetime.date(1899, 12, 30)).days}.75",
    "seconds": lambda d: str((d - datetime.date(1970, 1, 1)).days * 86_400 + 3_600),
    "milliseconds": lambda d: str(((d - datetime.date(1970, 1, 1)).days * 86_400 + 3_600) * 1_000),
    **{f"4 {language} 2024": worded(language, "{d} {m} {y}") for language in MONTHS},
    "4. März 2024": worded("de", "{d}. {m} {y}"),
    "4 de marzo de 2024": worded("es", "{d} de {m} de {y}"),
    "4 марта 2024 г.": worded("ru", "{d} {m} {y} г."),
}


@pytest.mark.parametrize("delimiter", [";", "\t"])
@pytest.mark.parametrize("style", DATES)
def test_dates_of_every_order_and_language(style, delimiter):
    table = known()
    found = assert_known(written(table, delimiter=delimiter, date=DATES[style]), table)
    assert not [question for question in found.report.questions if question.setting == "dates"]


@pytest.mark.parametrize("sign", ["/", "-"])
@pytest.mark.parametrize("year", ["%Y", "%y"])
def test_days_that_may_be_months_are_asked_and_the_answer_is_followed(sign, year):
    days = [datetime.date(2024, month, day) for month in range(1, 13) for day in (1, 7, 12)]
    lines = "".join(f"{i},{day.strftime(f'%m{sign}%d{sign}{year}')}\n" for i, day in enumerate(days))
    content = ("n,date\n" + lines).encode()
    (question,) = read(content).report.questions
    assert (question.setting, question.column, set(question.readings)) == ("dates", "date", {"dmy", "mdy"})
    answered = read(content, dates={"date": "mdy"})
    assert answered.data["date"].to_pylist() == days and not answered.report.questions
    assert read(content, dates="date=mdy").data.equals(answered.data)


def test_numbers_under_a_heading_of_dates_can_be_kept_as_numbers():
    content = b"n,date\n1,45365\n2,45366\n"
    assert read(content).data["date"].to_pylist() == [datetime.date(2024, 3, 14), datetime.date(2024, 3, 15)]
    assert read(content, dates={"date": "none"}).data["date"].to_pylist() == [45365, 45366]


# What stands around the table

TITLES = ["Sales report", "Printed on 01.02.2024 by J. Doe", "", "Period: 2024"]
LABELS = [
    "Total",
    "TOTAL:",
    "Grand total",
    "Sum",
    "Итого",
    "Итого:",
    "ВСЕГО",
    "Jumlah",
    "Total keseluruhan",
    "Gjithsej",
]
LABELS += ["Totali", "Shuma", "合计", "总计", "合計", "Summe", "Gesamtsumme", "Gesamt", "Total general", "Somme"]
LABELS += ["Total général", "Suma", "Soma", "Totale", "Razem"]


def with_total(label: str, place: int = 0, delimiter: str = ";") -> tuple[str, list[tuple]]:
    table = known()
    cells = [""] * 6
    cells[place], cells[5] = label, number(sum(row[5] for row in table), "", ",")
    money = NUMBERS["1234,50"]
    return written(table, delimiter=delimiter, money=money) + delimiter.join(cells) + "\n", table


@pytest.mark.parametrize("label", LABELS)
def test_a_total_in_any_language_is_no_customer(label):
    for place in (0, 1, 4):
        content, table = with_total(label, place)
        found = assert_known(content, table)
        assert len(found.set_aside) == 1 and label in found.set_aside["text"][0]
        assert found.set_aside["line"].tolist() == [26]


def test_a_total_can_be_kept():
    content, table = with_total("Total")
    assert read(content.encode(), totals="keep").report.rows_used == len(table) + 1


def test_a_last_row_without_a_name_that_adds_up_the_others_is_a_total():
    content, table = with_total("")
    assert len(assert_known(content, table).set_aside) == 1


def test_subtotals_between_the_rows_are_set_aside():
    lines = written(known(), delimiter=";", money=NUMBERS["1234,50"]).splitlines()
    for i in (21, 14, 7):
        lines.insert(i, "Zwischensumme;;;;;1000,00")
    found = assert_known("\n".join(lines), known())
    assert found.set_aside["line"].tolist() == [8, 16, 24]


@pytest.mark.parametrize("label", ["Total {}", "{} Total", "Total for {}", "Итого по {}", "{} Ergebnis", "Jumlah {}"])
def test_totals_of_groups_are_set_aside(label):
    lines = ["Region;Customer;Revenue", "North;A;5", "North;B;6", f"{label.format('North')};;11", "South;C;7"]
    lines += [f"{label.format('South')};;7", "Total Energies;D;9"]
    found = read("\n".join(lines).encode())
    assert found.data["Revenue"].to_pylist() == [5, 6, 7, 9] and found.set_aside["line"].tolist() == [4, 6]


def test_a_preamble_notes_and_a_total_around_the_table_are_set_aside_with_their_lines():
    for padded in (False, True):
        content, table = with_total("Total")
        fill = ";" * 5 if padded else ""
        top = "".join(f"{title}{fill}\r\n" for title in TITLES)
        bottom = f"{fill}\r\nAll amounts in EUR without VAT{fill}\r\n"
        found = assert_known(top + content.replace("\n", "\r\n") + bottom, table)
        assert found.set_aside["line"].tolist() == [1, 2, 4, 30, 32]
        assert found.report.header_line == 5


MESSES = {
    "blank lines within": lambda lines: [part for line in lines for part in (line, "")],
    "lines of delimiters": lambda lines: [*lines[:5], ";;;;;", *lines[5:], ";;;;;", ";;;;;"],
    "spaces on empty lines": lambda lines: [*lines[:9], "   ", *lines[9:], " "],
    "a delimiter after every line": lambda lines: [line + ";" for line in lines],
    "a delimiter after every row, not the headings": lambda lines: [lines[0], *[line + ";" for line in lines[1:]]],
    "a delimiter after the headings only": lambda lines: [lines[0] + ";", *lines[1:]],
    "some empty cells too many": lambda lines: [*lines[:5], lines[5] + ";;;", *lines[6:]],
    "comments": lambda lines: ["# exported", *lines[:4], "# a comment", *lines[4:]],
    "ruled lines": lambda lines: ["-----", lines[0], "-----", *lines[1:], "====="],
    "ruled cells": lambda lines: [lines[0], ";".join(["---"] * 6), *lines[1:]],
    "headings again on every page": lambda lines: [*lines[:9], lines[0], *lines[9:17], lines[0], *lines[17:]],
    "pages": lambda lines: [*lines[:9], "", "Page 2", "", lines[0], *lines[9:]],
    "key and value above": lambda lines: ["Company;Acme", "Year;2024", "", *lines],
    "key and value above, padded": lambda lines: ["Company;Acme;;;;", "Year;2024;;;;", ";;;;;", *lines],
    "units below the headings": lambda lines: [lines[0], ";;;yyyy-mm-dd;pcs;EUR", *lines[1:]],
    "notes beside": lambda lines: [*lines[:5], lines[5] + ";;call back", *lines[6:]],
    "notes beside, padded": lambda lines: [line + (";;seen" if i == 6 else ";;") for i, line in enumerate(lines)],
    "empty columns": lambda lines: [line + ";;;" for line in lines],
    "a mark within": lambda lines: ["\ufeff" + lines[0], *lines[1:]],
    "NUL bytes": lambda lines: [*lines[:3], lines[3] + "\0", *lines[4:], "\0\0\0"],
    "end of file sign": lambda lines: [*lines, "\x1a"],
    "short notes below": lambda lines: [*lines, "", "End of report"],
    "spaces around cells": lambda lines: [lines[0], *[line.replace(";", " ; ") for line in lines[1:]]],
}


@pytest.mark.parametrize("mess", MESSES)
def test_a_mess_around_the_rows_changes_nothing_in_them(mess):
    table = known()
    content = "\n".join(MESSES[mess](written(table, delimiter=";").splitlines())) + "\n"
    assert_known(content, table)


def test_headings_in_two_lines_are_joined():
    rows = written(known(), delimiter=";", headings=None)
    found = assert_known("Customer;;;Order;;\nNo;Name;City;Date;Units;Revenue\n" + rows, known())
    assert found.data.column_names == [
        *("Customer No", "Customer Name", "Customer City", "Order Date", "Order Units", "Order Revenue"),
    ]
    assert found.report.header_line == 2
    two = b"Code;Sales;Profit\n;kEUR;kEUR\nx;1;0.5\ny;2;0.7\n"
    assert read(two).data.column_names == ["Code", "Sales kEUR", "Profit kEUR"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_file_without_headings_loses_no_row(delimiter):
    table = known()
    found = read(written(table, delimiter=delimiter, headings=None).encode())
    assert found.report.header_line == 0 and found.data.num_rows == len(table)
    assert found.data.column_names == [f"column {i}" for i in range(1, 7)]


@pytest.mark.parametrize(
    "content",
    [
        "2019 spring;Anna;12\n2020 autumn;Ben;15\n2019 spring;Cem;11\n",
        "Anna;2019 spring\nBen;2020 autumn\nCem;2019 spring\n",
        "Anna;2019 spring;2020 fall\nBen;2020 fall;2021 fall\nCem;2019 spring;2020 fall\n",
    ],
)
def test_years_in_a_first_row_whose_words_come_again_are_no_headings(content):
    found = read(content.encode())
    assert found.report.header_line == 0 and found.data.num_rows == 3


def test_years_above_numbers_are_headings_and_one_year_in_a_first_row_is_a_value():
    months = read(b"Ding;2019 01;2019 02\nAnna;1 200;13 000\nBen;2 000;2 100\nCem;1 100;3 000\n")
    assert months.data.column_names == ["Ding", "2019 01", "2019 02"] and months.data.num_rows == 3
    assert not months.report.questions  # words above numbers: nothing is doubtful
    one = read(b"Anna;2019 12;Rome\nBen;2020 01;Oslo\nCem;2020 02;Bern\n").data
    assert one["column 1"].to_pylist() == ["Anna", "Ben", "Cem"]


def test_words_only_are_asked_whether_the_first_row_is_a_heading():
    content = b"Ann,Rome\nJoe,Paris\nSue,Oslo\n"
    (question,) = read(content).report.questions
    assert question.setting == "header" and set(question.readings) == {"1", "none"}
    assert read(content, header="none").data.num_rows == 3
    assert read(content, header="1").data.num_rows == 2 and not read(content, header=1).report.questions


def test_rows_named_by_a_program_have_a_column_without_a_heading():
    named = "\n".join(f'"{i}",{line}' for i, line in enumerate(["a,b", "x,1.5", "y,2.5", "z,3.5"][1:], 1))
    found = read(f'"name","amount"\n{named}\n'.encode())
    assert found.data.column_names == ["column 1", "name", "amount"] and found.data["name"].to_pylist() == [*"xyz"]


def test_several_tables_in_one_file_are_asked_and_any_can_be_read():
    orders = written(known(), delimiter=";")
    content = "Orders\n" + orders + "\nCustomers\nno;since;limit\nA1;2020-01-01;500\nA2;2021-01-01;700\n"
    found = assert_known(content, known())
    (question,) = found.report.questions
    assert question.setting == "table" and set(question.readings) == {"1", "2"} and found.report.table == 1
    second = read(content.encode(), table=2)
    assert second.data["limit"].to_pylist() == [500, 700]
    assert second.report.rows_in == second.report.rows_used + len(second.set_aside)


def test_short_rows_are_set_aside_or_padded_as_decided():
    table = known()
    lines = written(table, delimiter=";").splitlines()
    lines[3] = ";".join(lines[3].split(";")[:4])
    content = "\n".join(lines).encode()
    found = read(content)
    assert found.set_aside["line"].tolist() == [4] and found.set_aside["text"][0] == lines[3]
    padded = read(content, ragged="pad")
    assert padded.report.rows_used == len(table) and padded.data["Revenue"][2].as_py() is None


def test_rows_that_leave_out_empty_cells_at_their_end_are_used():
    lines = ["id;name;amount;note", *[f"A{i};Ann;{i}.5" + (";seen" if i % 5 == 0 else "") for i in range(20)]]
    found = read("\n".join(lines).encode())
    assert found.report.rows_used == 20 and found.data["note"].null_count == 16
    assert any("end before the last column" in sentence for sentence in found.report.sentences)


def test_a_quotation_mark_never_closed_spoils_its_own_line_at_most():
    table = known()
    lines = written(table).splitlines()
    lines[8] = lines[8].replace(",", ',"', 1)
    found = read("\n".join(lines).encode())
    assert found.data["Revenue"].to_pylist() == pytest.approx([row[5] for row in table])


def polluted(line: int, change) -> str:
    lines = written(known()).splitlines()
    lines[line] = change(lines[line])
    return "\n".join(lines)


CHANGES = {
    "a delimiter too many": lambda line: line.replace(",", ",,", 1),
    "a delimiter too few": lambda line: line.replace(",", "", 1),
    "a quotation mark before": lambda line: '"' + line,
    "a quotation mark within": lambda line: line.replace(",", ',"', 1),
    "a quotation mark after": lambda line: line + '"',
}


@pytest.mark.parametrize("line", [1, 2, 13, 24])
@pytest.mark.parametrize("change", CHANGES)
def test_one_spoilt_line_leaves_all_others_as_they_are(change, line):
    table = known()
    found = read(polluted(line, CHANGES[change]).encode(), text="all")
    rows = {(*row[:3], row[3].isoformat(), str(row[4]), number(row[5])) for i, row in enumerate(table, 1) if i != line}
    assert rows <= {tuple(row.values()) for row in found.data.to_pylist()}
    assert found.report.rows_in == found.report.rows_used + len(found.set_aside) == len(table)
    assert found.data.column_names == HEADINGS


# What programs export


def test_an_export_of_1c():
    table = known("cyrillic")
    headings = ["Код", "Контрагент", "Город", "Дата", "Количество", "Сумма"]
    money, date = NUMBERS["nbsp"], DATES["%d.%m.%Y 0:00:00"]
    body = written(table, delimiter="\t", end="\r\n", headings=headings, money=money, date=date)
    total = "Итого\t\t\t\t\t" + money(sum(row[5] for row in table)) + "\r\n"
    top = "Отчёт по продажам\r\nПериод: 2024 г.\r\n\r\n"
    for encoding in ("cp1251", "utf-16", "utf-8-sig"):
        found = assert_known((top + body + total).encode(encoding), table)
        assert found.report.header_line == 4 and len(found.set_aside) == 3


def test_a_list_of_sap():
    table = known()
    rows = [HEADINGS, *[[*row[:3], row[3].strftime("%d.%m.%Y"), str(row[4]), trailing_minus(row[5])] for row in table]]
    widths = [max(len(row[i]) for row in rows) for i in range(6)]
    lines = ["|" + "|".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)) + "|" for row in rows]
    rule = "-" * len(lines[0])
    content = "\r\n".join(["12.01.2024   Sales list   1", "", rule, lines[0], rule, *lines[1:], rule, ""])
    found = read(content.encode("cp1252"))
    assert found.data["Customer no"].to_pylist() == [row[0] for row in table]
    assert found.data["Name"].to_pylist() == [row[1] for row in table]
    assert found.data["Date"].to_pylist() == [row[3] for row in table]
    assert found.data["Revenue"].to_pylist() == pytest.approx([row[5] for row in table])
    assert found.data.column_names == HEADINGS


def test_a_batch_of_datev():
    table = known("western")
    first = '"EXTF";700;21;"Buchungsstapel";9;20240131;;"RE";"";"";1001;10001;20240101;4;20240101\r\n'
    body = written(table, delimiter=";", end="\r\n", quoting=csv.QUOTE_ALL, money=NUMBERS["1234,50"])
    found = assert_known((first + body).encode("cp1252"), table)
    assert found.report.header_line == 2


@pytest.mark.parametrize("style", ["markdown", "sql"])
def test_tables_drawn_with_bars(style):
    rows = [["id", "name", "amount"], ["A1", "Ann Lee", "1.50"], ["A2", "Joe", "2.75"], ["A3", "Sue", "13.25"]]
    if style == "markdown":
        lines = ["| " + " | ".join(row) + " |" for row in rows]
        lines.insert(1, "|---|---|---|")
    else:
        lines = ["+----+---------+--------+", *[f"| {r[0]:2} | {r[1]:7} | {r[2]:>6} |" for r in rows]]
        lines = [lines[0], lines[1], lines[0], *lines[2:], lines[0]]
    found = read("\n".join(lines).encode())
    assert found.data.to_pylist() == [{"id": row[0], "name": row[1], "amount": float(row[2])} for row in rows[1:]]


# Everything at once

ANY = random.Random(11)
MIXED = [
    (
        ANY.choice(ENCODINGS),
        ANY.choice([",", ";", "\t", "|"]),
        ANY.choice(list(QUOTINGS)),
        ANY.choice(list(ENDS)),
        ANY.choice([style for style in NUMBERS if style != " padded "]),
        ANY.choice(list(DATES)),
        ANY.choice([None, "preamble", "total", "notes"]),
    )
    for _ in range(120)
]


@pytest.mark.parametrize("case", MIXED, ids=lambda case: "-".join(map(str, case)))
def test_ways_of_writing_mixed(case):
    (script, encoding), delimiter, quoting, end, style, date, mess = case
    table = known(script)
    content = written(
        table, delimiter=delimiter, end=ENDS[end], money=NUMBERS[style], date=DATES[date], **QUOTINGS[quoting]
    )
    if mess == "preamble":
        content = ENDS[end].join([*TITLES, ""]) + content
    if mess == "total":
        content += delimiter.join(["Total", "", "", "", "", "1"]) + ENDS[end]
    if mess == "notes":
        content += ENDS[end] + "End of report" + ENDS[end]
    try:
        data = content.encode(encoding)
    except UnicodeEncodeError:  # this code page lacks a sign of this style
        data = content.encode("utf-8")
    assert_known(data, table)
