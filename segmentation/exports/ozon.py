from segmentation.exports.export import Export

ozon = Export(
    title="an Ozon order list",
    known_by=("Номер отправления", "Принят в обработку", "Сумма отправления", "Статус"),
    roles={
        "customer": "",
        "order": "Номер отправления",
        "date": "Принят в обработку",
        "revenue": "Сумма отправления",
        "units": "Количество",
        "price": "Оплачено покупателем|Ваша цена",
        "product": "Название товара|Наименование товара",
        "status": "Статус",
    },
    per_order=("Сумма отправления",),
)
