"""The committed sample is real, small and free of warts, and can be made again."""

import csv
import gzip
from collections.abc import Sequence
from pathlib import Path

import pytest

from scenarios.worlds import sample
from scenarios.worlds.catalogue import Buyer, articles, buyers, by_code, punctuality

SALES_HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"
DELIVERY_HEADER = "vendor,fulfill_via,po_date,sched,delivered"
WEEKS = [f"2011-0{month}-{day:02d}" for month, days in ((1, (3, 10, 17, 24, 31)), (2, (7, 14, 21, 28))) for day in days]


def public_files(folder: Path, sales: Sequence[str], deliveries: Sequence[str]) -> Path:
    for name, header, lines in (("online_retail", SALES_HEADER, sales), ("scms", DELIVERY_HEADER, deliveries)):
        (folder / name).mkdir()
        with gzip.open(folder / name / "lines.csv.gz", "wt", encoding="utf-8") as out:
            out.write("\n".join([header, *lines]) + "\n")
    return folder


def sold_every_week(code: str, name: str = "TIN", price: str = "2.00") -> list[str]:
    return [f"5{n},{code},{name},10,{week} 09:00,{price},17,France" for n, week in enumerate(WEEKS)]


def written(name: str, folder: Path) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def make(folder: Path, sales: Sequence[str], deliveries: Sequence[str] = ()) -> Path:
    public_files(folder, sales, deliveries)
    sample.write_sample(folder / "online_retail" / "lines.csv.gz", folder / "scms" / "lines.csv.gz", folder)
    return folder


@pytest.mark.parametrize(
    "wart",
    [
        "C5,71053,TIN,10,2011-01-10 09:00,2.00,17,France",
        "5,M,Manual,10,2011-01-10 09:00,2.00,17,France",
        "5,71053,TIN,-10,2011-01-10 09:00,2.00,17,France",
        "5,71053,TIN,10,2011-01-10 09:00,0.00,17,France",
        "5,71053,,10,2011-01-10 09:00,2.00,17,France",
        "5,71053,TIN,501,2011-01-10 09:00,2.00,17,France",
    ],
)
def test_what_is_no_everyday_sale_of_goods_is_left_out(tmp_path: Path, wart: str) -> None:
    folder = make(tmp_path, [*sold_every_week("71053"), wart])

    (row,) = written("demand.csv", folder)
    assert row["2011-01-10"] == "10"
    assert [r["code"] for r in written("products.csv", folder)] == ["71053"]


def test_unsteady_products_are_left_out(tmp_path: Path) -> None:
    unsteady = sold_every_week("22423")
    unsteady[2] = unsteady[2].replace(",10,", ",400,")

    folder = make(tmp_path, [*sold_every_week("71053"), *unsteady, *sold_every_week("22090")[3:]])

    assert [row["code"] for row in written("products.csv", folder)] == ["71053"]


def test_the_unfinished_last_week_is_left_out(tmp_path: Path) -> None:
    folder = make(tmp_path, sold_every_week("71053"))

    assert list(written("demand.csv", folder)[0])[-1] == "2011-02-21"


def test_customers_are_ranked_by_turnover_and_lose_their_numbers(tmp_path: Path) -> None:
    small = "77,71053,TIN,1,2011-01-10 09:00,2.00,4711,Spain"

    rows = written("customers.csv", make(tmp_path, [*sold_every_week("71053"), small]))

    assert [(row["rank"], row["country"], row["turnover"], row["orders"]) for row in rows] == [
        ("1", "France", "180.00", "9"),
        ("2", "Spain", "2.00", "1"),
    ]


def test_lead_times_are_promised_and_late_days_of_direct_deliveries(tmp_path: Path) -> None:
    deliveries = [
        "Acme,Direct Drop,2011-01-01,2011-01-31,2011-02-05",
        "Acme,From RDC,2011-01-01,2011-01-31,2011-03-05",
        "Acme,Direct Drop,,2011-01-31,2011-03-05",
        "Acme,Direct Drop,2011-02-01,2011-01-31,2011-03-05",
    ]

    rows = written("lead_times.csv", make(tmp_path, sold_every_week("71053"), deliveries))

    assert {(row["vendor"], row["promised_days"], row["late_days"]) for row in rows} == {("Acme", "30", "5")}


def test_the_command_writes_the_sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample, "DATA", tmp_path)

    code = sample.main([str(public_files(tmp_path, sold_every_week("71053"), []))])

    assert code == 0
    assert (tmp_path / "products.csv").exists()


def test_a_folder_without_the_public_files_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = sample.main([str(tmp_path)])

    assert code == 2
    assert "expected one .csv.gz" in capsys.readouterr().err


def test_the_committed_sample_is_small_and_complete() -> None:
    size = sum(file.stat().st_size for file in sample.DATA.iterdir())

    assert size < 250_000
    assert len(articles()) == 140
    assert all(len(article.weekly) == 26 and min(article.weekly) > 0 and article.price > 0 for article in articles())
    assert all(article.code[:5].isdigit() for article in articles())
    assert len(punctuality()) == 12


def test_demand_is_scaled_and_calmed_around_its_mean() -> None:
    article = by_code()["22423"]

    calm = article.demand(0.5, 26)

    assert sum(calm) == pytest.approx(sum(article.weekly) / 2, rel=0.01)
    assert max(calm) - min(calm) == pytest.approx((max(article.weekly) - min(article.weekly)) / 4, abs=1)


def test_customers_have_tiers_by_rank() -> None:
    assert [Buyer(rank, "France").tier for rank in (1, 8, 9, 24, 25)] == ["A", "A", "B", "B", "C"]
    assert len(buyers()) == 60
