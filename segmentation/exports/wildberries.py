from segmentation.exports.export import Export

wildberries = Export(
    title="a Wildberries realisation report",
    known_by=(
        "Обоснование для оплаты",
        "Тип документа",
        "Код номенклатуры",
        "Вайлдберриз реализовал Товар (Пр)",
    ),
    roles={
        "customer": "",
        "order": "Srid",
        "date": "Дата продажи",
        "revenue": "Вайлдберриз реализовал Товар (Пр)",
        "units": "Кол-во",
        "product": "Название",
        "entry": "Обоснование для оплаты",
        "price": "",
    },
)
