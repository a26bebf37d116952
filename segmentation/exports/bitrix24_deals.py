from segmentation.exports.export import Export

bitrix24_deals = Export(
    title="a Bitrix24 deal export",
    known_by=("Название сделки|Deal Name", "Стадия сделки|Stage", "Сумма|Income", "Сумма/Валюта|Amount/Currency"),
    roles={
        "customer": "Компания|Company|Контакт|Contact|Клиент|Client",
        "order": "ID",
        "date": "Дата изменения стадии|Stage change date|Предполагаемая дата закрытия|Assumed close date",
        "revenue": "Сумма|Income",
        "currency": "Валюта|Currency",
        "status": "Группа стадий|Deal status|Стадия сделки|Stage",
        "product": "",
    },
    words={"S": "won", "F": "lost", "P": "open"},
)
