from segmentation.exports.export import Export

one_c = Export(
    title="a 1C sales report",
    known_by=("Контрагент|Клиент", "Номенклатура", "Количество", "Выручка|Сумма"),
    roles={
        "customer": "Контрагент|Клиент",
        "date": "Дата|Период",
        "revenue": "Выручка|Сумма",
        "units": "Количество",
        "product": "Номенклатура",
    },
)
