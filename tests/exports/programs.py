"""How each program writes a sale: a function from a sale to its rows, under the headings of its export."""

import random


def shopify_orders(sale):
    at = f"{sale.day} 10:11:12 +0100"
    state = sale.said("paid", "voided", "refunded")
    first = {"Financial Status": state, "Paid at": at, "Currency": "EUR", "Subtotal": sale.total, "Shipping": 0}
    first |= {"Taxes": 1.5, "Total": sale.total, "Discount Code": "", "Discount Amount": 0, "Shipping Method": "Post"}
    last = {"Billing Name": sale.name, "Refunded Amount": sale.total if sale.state == "back" else 0}
    last |= {"Vendor": "Kiln", "Id": 550000000000 + sale.number}
    for place, (product, units, price) in enumerate(sale.lines):
        line = {"Created at": at, "Lineitem quantity": units, "Lineitem name": product, "Lineitem price": price}
        top = first if place == 0 else dict.fromkeys(first, "")
        end = last if place == 0 else {"Vendor": "Kiln"}
        yield {"Name": f"#{sale.number}", "Email": sale.mail, **top, **line, **end}


def woocommerce_orders(sale):
    for product, units, price in sale.lines:
        yield {
            "Order Number": sale.number,
            "Order Status": sale.said("Completed", "Cancelled", "Refunded"),
            "Order Date": f"{sale.day} 09:30",
            "Customer Note": "",
            "First Name (Billing)": sale.name.split()[0],
            "Last Name (Billing)": sale.name.split()[1],
            "Postcode (Billing)": 10115,
            "Email (Billing)": sale.mail,
            "Phone (Billing)": "",
            "Payment Method Title": "Card",
            "Cart Discount Amount": 0,
            "Order Subtotal Amount": sale.total,
            "Order Shipping Amount": 0,
            "Order Refund Amount": sale.total if sale.state == "back" else 0,
            "Order Total Amount": sale.total,
            "Order Total Tax Amount": 0,
            "SKU": f"K-{product}",
            "Item #": 1,
            "Item Name": product,
            "Quantity (- Refund)": units,
            "Item Cost": price,
            "Coupon Code": "",
            "Discount Amount": 0,
        }


def woocommerce_analytics(sale):
    yield {
        "Date": f"{sale.day} 09:30:00",
        "Order #": sale.number,
        "N. Revenue (formatted)": f"€{sale.total}",
        "Status": sale.said("completed", "cancelled", "refunded"),
        "Customer": sale.name,
        "Customer type": "new" if sale.number < 1008 else "returning",
        "Product(s)": ", ".join(f"{units}× {product}" for product, units, _ in sale.lines),
        "Items sold": sum(units for _, units, _ in sale.lines),
        "Coupon(s)": "",
        "Net Sales": sale.total,
        "Attribution": "Direct",
    }


def stripe_payments(sale):
    yield {
        "id": f"ch_{sale.number}x",
        "Created (UTC)": f"{sale.day} 20:38:34",
        "Amount": sale.total,
        "Amount Refunded": sale.total if sale.state == "back" else 0,
        "Currency": "usd",
        "Captured": "true",
        "Converted Amount": round(0.9 * sale.total, 2),
        "Converted Amount Refunded": 0,
        "Converted Currency": "eur",
        "Description": "Order",
        "Fee": 0.59,
        "Status": sale.said("Paid", "Failed", "Refunded"),
        "Customer ID": f"cus_{sale.buyer}",
        "Customer Description": "",
        "Customer Email": sale.mail,
        "Card ID": f"card_{sale.number}",
        "Card Last4": 4242,
    }


def hubspot_deals(sale):
    yield {
        "Record ID": 9000000 + sale.number,
        "Deal Name": f"Deal {sale.number}",
        "Deal Stage": sale.said("Closed Won", "Closed Lost", "Appointment Scheduled"),
        "Pipeline": "Sales",
        "Amount": sale.total,
        "Close Date": f"{sale.day} 12:00",
        "Create Date": f"{sale.day} 08:00",
        "Deal owner": random.Random(sale.number).choice(["Kim", "Lee"]),
        "Associated Company IDs (Primary)": 700000 + sale.buyer,
        "Associated Company (Primary)": f"{sale.name} Ltd",
        "Associated Contact IDs": 800000 + sale.buyer,
    }


def pipedrive_deals(sale):
    won = sale.said("Won", "Lost", "Open")
    yield {
        "Deal - ID": sale.number,
        "Deal - Title": f"Deal {sale.number}",
        "Deal - Value": sale.total,
        "Deal - Currency": "EUR",
        "Deal - Status": won,
        "Deal - Stage": "Negotiation",
        "Deal - Organization": f"{sale.name} Ltd",
        "Deal - Contact person": "Kim",
        "Deal - Deal created": f"{sale.day} 08:00:00",
        "Deal - Won time": f"{sale.day} 12:00:00" if won == "Won" else "",
        "Deal - Lost time": f"{sale.day} 12:00:00" if won == "Lost" else "",
        "Deal - Expected close date": sale.day,
    }


def amazon_orders(sale):
    for product, units, price in sale.lines:
        yield {
            "amazon-order-id": f"302-{sale.number}-77",
            "purchase-date": f"{sale.day}T10:15:00+00:00",
            "last-updated-date": f"{sale.day}T11:15:00+00:00",
            "order-status": sale.said("Shipped", "Cancelled"),
            "buyer-email": f"x{sale.buyer}@marketplace.example",
            "buyer-name": sale.name,
            "sales-channel": "Amazon.de",
            "product-name": product,
            "sku": f"K-{product}",
            "item-status": sale.said("Shipped", "Cancelled"),
            "quantity": units,
            "currency": "EUR",
            "item-price": round(units * price, 2),
            "item-tax": 0,
            "shipping-price": 0,
            "ship-postal-code": 10115,
            "ship-country": "DE",
        }


def paypal(sale):
    when = {"Date": f"{sale.day.day:02}/{sale.day.month:02}/{sale.day.year}", "Time": "20:10:00", "TimeZone": "CET"}
    who = {"From Email Address": sale.mail, "To Email Address": "shop@example.com"}
    row = when | {"Name": sale.name, "Type": "Website Payment", "Status": sale.said("Completed", "Pending")}
    row |= {"Currency": "EUR", "Gross": sale.total, "Fee": -0.35, "Net": round(sale.total - 0.35, 2)}
    yield row | who | {"Transaction ID": f"T{sale.number}", "Item Title": "", "Sales Tax": 0, "Reference Txn ID": ""}
    if sale.state == "back":
        row |= {"Type": "Payment Refund", "Gross": -sale.total, "Net": -sale.total, "Fee": 0}
        other = {"From Email Address": who["To Email Address"], "To Email Address": who["From Email Address"]}
        yield row | other | {"Transaction ID": f"R{sale.number}", "Reference Txn ID": f"T{sale.number}"}


def _square(sale, product, sum_, number, kind):
    return {
        "Date": sale.day,
        "Time": "12:59:30",
        "Time Zone": "Eastern Time (US & Canada)",
        "Category": "None",
        "Item": product,
        "Qty": 1.0,
        "Price Point Name": "Regular",
        "SKU": f"K-{product}",
        "Modifiers Applied": "",
        "Gross Sales": f"-${-sum_:.2f}" if sum_ < 0 else f"${sum_:.2f}",
        "Discounts": "$0.00",
        "Net Sales": f"-${-sum_:.2f}" if sum_ < 0 else f"${sum_:.2f}",
        "Tax": "$0.00",
        "Transaction ID": f"{kind[0]}x{number}",
        "Payment ID": f"P{number}",
        "Device Name": "Till",
        "Details": "",
        "Event Type": kind,
        "Location": "Main",
        "Customer ID": f"SQ{sale.buyer}",
        "Customer Name": sale.name,
        "Customer Reference ID": "",
    }


def square_items(sale):
    for product, units, price in sale.lines:
        yield _square(sale, product, round(units * price, 2), sale.number, "Payment")
        if sale.state == "back":
            yield _square(sale, product, -round(units * price, 2), sale.number, "Refund")


def square_transactions(sale):
    for sum_, kind in ((sale.total, "Payment"), (-sale.total, "Refund"))[: 2 if sale.state == "back" else 1]:
        row = _square(sale, "", sum_, sale.number, kind)
        money = {"Partial Refunds": "$0.00", "Total Collected": row["Net Sales"], "Net Total": row["Net Sales"]}
        gone = ("Item", "Qty", "Price Point Name", "SKU", "Modifiers Applied", "Category")
        yield {name: value for name, value in row.items() if name not in gone} | money


def ebay(sale):
    for place, (product, units, price) in enumerate(sale.lines):
        yield {
            "Sales Record Number": 100 * sale.number + place,
            "Order Number": f"12-{sale.number}-67890",
            "Buyer Username": f"{sale.name.split()[1].lower()}_77",
            "Buyer Name": sale.name,
            "Buyer Email": f"relay{sale.number}@members.example",
            "Item Number": f"3300{product}",
            "Item Title": product,
            "Custom Label": "",
            "Quantity": units,
            "Sold For": f"${price:.2f}",
            "Shipping And Handling": "$0.00",
            "Total Price": f"${sale.total:.2f}",
            "Payment Method": "",
            "Sale Date": f"{sale.day:%b-%d-%y}",
            "Paid On Date": f"{sale.day:%b-%d-%y}",
            "Transaction ID": 7000000 + 10 * sale.number + place,
        }


def etsy_items(sale):
    for place, (product, units, price) in enumerate(sale.lines):
        yield {
            "Sale Date": f"{sale.day:%m/%d/%y}",
            "Item Name": product,
            "Buyer": sale.name.lower().replace(" ", ""),
            "Quantity": units,
            "Price": price,
            "Coupon Code": "",
            "Discount Amount": 0,
            "Order Shipping": 4.5,
            "Order Sales Tax": 0,
            "Item Total": round(units * price, 2),
            "Currency": "USD",
            "Transaction ID": 30000000 + 10 * sale.number + place,
            "Listing ID": 990000 + len(product),
            "Date Paid": f"{sale.day:%m/%d/%Y}",
            "Ship Name": sale.name,
            "Ship Country": "United States",
            "Order ID": 2000000 + sale.number,
        }


def etsy_orders(sale):
    yield {
        "Sale Date": f"{sale.day:%m/%d/%y}",
        "Order ID": 2000000 + sale.number,
        "Buyer User ID": f"user{sale.buyer}",
        "Full Name": sale.name,
        "First Name": sale.name.split()[0],
        "Last Name": sale.name.split()[1],
        "Number of Items": sum(units for _, units, _ in sale.lines),
        "Currency": "USD",
        "Order Value": sale.total,
        "Discount Amount": 0,
        "Shipping": 4.5,
        "Sales Tax": 0,
        "Order Total": round(sale.total + 4.5, 2),
        "Card Processing Fees": 0.4,
        "Order Net": round(sale.total + 4.1, 2),
        "Adjusted Order Total": 0,
        "Buyer": sale.name,
    }


def wildberries(sale):
    for place, (product, units, price) in enumerate(sale.lines):
        sum_ = round(units * price, 2)
        row = {
            "№": sale.number,
            "Код номенклатуры": f"77{len(product)}",
            "Название": product,
            "Тип документа": "Продажа",
        }
        row |= {"Обоснование для оплаты": "Продажа", "Дата заказа покупателем": sale.day, "Дата продажи": sale.day}
        row |= {"Кол-во": units, "Цена розничная": price, "Вайлдберриз реализовал Товар (Пр)": sum_}
        row |= {
            "К перечислению Продавцу за реализованный Товар": round(0.8 * sum_, 2),
            "Srid": f"s{sale.number}.{place}",
        }
        yield row | {"Обоснование для оплаты": sale.said("Продажа", "Логистика")}
        if sale.state == "back":
            yield row | {"Тип документа": "Возврат", "Обоснование для оплаты": "Возврат"}


def ozon(sale):
    for product, units, price in sale.lines:
        yield {
            "Номер заказа": f"0100-{sale.number}",
            "Номер отправления": f"0100-{sale.number}-1",
            "Принят в обработку": f"{sale.day:%d.%m.%Y} 10:11",
            "Статус": sale.said("Доставлен", "Отменён"),
            "Сумма отправления": sale.total,
            "Название товара": product,
            "SKU": f"99{len(product)}",
            "Оплачено покупателем": price,
            "Количество": units,
        }


def shopee(sale):
    for product, units, price in sale.lines:
        yield {
            "No. Pesanan": f"2501{sale.number}",
            "Status Pesanan": sale.said("Selesai", "Batal"),
            "Alasan Pembatalan": "",
            "Status Pembatalan/ Pengembalian": "",
            "No. Resi": f"JX{sale.number}",
            "Waktu Pesanan Dibuat": f"{sale.day} 10:11",
            "Metode Pembayaran": "COD",
            "Nama Produk": product,
            "Harga Awal": int(price * 1000) + 7777,
            "Harga Setelah Diskon": int(price * 1000),
            "Jumlah": units,
            "Returned quantity": 0,
            "Total Diskon": 0,
            "Total Pembayaran": int(sale.total * 1000) + 9000,
            "Username (Pembeli)": f"{sale.name.split()[0].lower()}.{sale.buyer}",
            "Nama Penerima": "A***a",
        }


def tokopedia(sale):
    for place, (product, units, price) in enumerate(sale.lines):
        yield {
            "Nomor": 10 * sale.number + place,
            "Nomor Invoice": f"INV/{sale.day:%Y%m%d}/{sale.number}",
            "Tanggal Pembayaran": f"{sale.day} 10:11:00",
            "Status Terakhir": sale.said("Pesanan Selesai", "Dibatalkan"),
            "Nomor SKU": f"K-{product}",
            "Harga Jual (IDR)": int(1000 * price),
            "Total Penjualan (IDR)": round(units * price, 2),
            "Nama Pembeli": sale.name,
            "Nama Penerima": sale.name,
            "Kota": "Bandung",
        }


def salesforce_opportunities(sale):
    yield {
        "Opportunity Owner": "Kim Lee",
        "Account Name": f"{sale.name} Ltd",
        "Opportunity Name": f"{sale.name} {sale.number}",
        "Stage": sale.said("Closed Won", "Closed Lost", "Proposal"),
        "Fiscal Period": "Q1-2025",
        "Amount": sale.total,
        "Close Date": f"{sale.day:%m/%d/%Y}",
        "Created Date": "01/02/2025",
        "Type": "New Business",
    }


def bitrix24_deals(sale):
    yield {
        "ID": sale.number,
        "Название сделки": f"Сделка № {sale.number}",
        "Стадия сделки": sale.said("Договор подписан", "Не сложилось", "Думают"),
        "Группа стадий": sale.said("S", "F", "P"),
        "Воронка": "Общая",
        "Сумма": sale.total,
        "Валюта": "RUB",
        "Сумма/Валюта": f"{sale.total} руб.",
        "Компания": f"ООО {sale.name}",
        "Контакт": sale.name,
        "Дата создания": f"{sale.day:%d.%m.%Y}",
        "Предполагаемая дата закрытия": "31.12.2025",
        "Дата изменения стадии": f"{sale.day:%d.%m.%Y}",
        "Сделка закрыта": "Да",
        "Повторная сделка": "Нет",
    }


def odoo_sales(sale):
    head = {"Order Reference": f"S0{sale.number}", "Customer": sale.name, "Order Date": f"{sale.day} 10:11:12"}
    head |= {"Salesperson": "Kim", "Total": sale.total, "Status": sale.said("Sales Order", "Cancelled", "Quotation")}
    for place, (product, units, price) in enumerate(sale.lines):
        line = {"Order Lines/Product": product, "Order Lines/Quantity": units, "Order Lines/Unit Price": price}
        yield (head if place == 0 else dict.fromkeys(head, "")) | line


def odoo_invoices(sale):
    tax = round(1.2 * sale.total, 2)
    row = {
        "Number": f"INV/2025/{sale.number}",
        "Invoice Partner Display Name": sale.name,
        "Invoice/Bill Date": sale.day,
    }
    row |= {"Due Date": sale.day, "Untaxed Amount Signed": sale.total, "Total Signed": tax, "Amount Due Signed": 0}
    row |= {"Payment Status": "Paid" if sale.number % 3 else "Not Paid", "Status": sale.said("Posted", "Cancelled")}
    yield row | ({"Payment Status": "Reversed"} if sale.state == "back" else {})
    if sale.state == "back":
        yield row | {
            "Number": f"RINV/2025/{sale.number}",
            "Untaxed Amount Signed": -sale.total,
            "Total Signed": -tax,
            "Payment Status": "Paid",
        }


def quickbooks_list(sale):
    row = {"Date": f"{sale.day:%m/%d/%Y}", "Transaction type": "Invoice", "Num": sale.number, "Posting (Y/N)": "Yes"}
    row |= {
        "Name": sale.name,
        "Memo": "",
        "Account name": "Accounts Receivable",
        "Split": "-Split-",
        "Amount": sale.total,
    }
    yield row
    if sale.state == "back":
        yield row | {"Transaction type": "Credit Memo", "Num": f"C{sale.number}", "Amount": -sale.total}
    if sale.state == "gone":
        yield row | {"Transaction type": "Payment", "Num": ""}


def xero_invoices(sale):
    for product, units, price in sale.lines:
        yield {
            "ContactName": sale.name,
            "EmailAddress": sale.mail,
            "InvoiceNumber": f"INV-{sale.number}",
            "Reference": "",
            "InvoiceDate": f"{sale.day:%d/%m/%Y}",
            "DueDate": f"{sale.day:%d/%m/%Y}",
            "Total": sale.total,
            "TaxTotal": 0,
            "InvoiceAmountPaid": sale.total,
            "InvoiceAmountDue": 0,
            "Description": product,
            "Quantity": units,
            "UnitAmount": price,
            "LineAmount": round(units * price, 2),
            "AccountCode": 200,
            "Currency": "GBP",
            "Type": sale.said("Sales invoice", "Bill"),
            "Status": "Paid" if sale.number % 3 else "Awaiting Payment",
        }


def sap_items(sale):
    row = {"Account": 100000 + sale.buyer, "Company Code": 1000, "Document Number": 90000000 + sale.number}
    row |= {"Assignment": "", "Document Type": "RV", "Document Date": f"{sale.day:%d.%m.%Y}"}
    row |= {"Posting Date": f"{sale.day:%d.%m.%Y}", "Amount in local currency": sale.total, "Local Currency": "EUR"}
    yield row | {"Name 1": f"{sale.name} GmbH", "Text": ""}
    if sale.state == "back":
        yield (
            row
            | {"Document Type": "DG", "Document Number": 91000000 + sale.number, "Name 1": f"{sale.name} GmbH"}
            | {"Amount in local currency": -sale.total}
        )
    if sale.state == "gone":
        yield (
            row
            | {"Document Type": "DZ", "Document Number": 92000000 + sale.number, "Name 1": f"{sale.name} GmbH"}
            | {"Amount in local currency": -sale.total}
        )


def one_c(sale):
    for product, units, price in sale.lines:
        yield {
            "Контрагент": f"ООО {sale.name}",
            "Дата": f"{sale.day:%d.%m.%Y}",
            "Номенклатура": product,
            "Количество": units,
            "Сумма": round(units * price, 2),
        }


def datev(sale):
    row = {"Umsatz (ohne Soll/Haben-Kz)": f"{sale.total:.2f}".replace(".", ","), "Soll/Haben-Kennzeichen": "S"}
    row |= {"WKZ Umsatz": "EUR", "Kurs": "", "Basis-Umsatz": "", "WKZ Basis-Umsatz": "", "Konto": 10000 + sale.buyer}
    row |= {"Gegenkonto (ohne BU-Schlüssel)": 8400, "BU-Schlüssel": "", "Belegdatum": f"{sale.day:%d%m}"}
    row |= {"Belegfeld 1": f"RE{sale.number}", "Belegfeld 2": "", "Buchungstext": "Rechnung"}
    yield row
    if sale.state == "back":
        yield row | {"Soll/Haben-Kennzeichen": "H", "Belegfeld 1": f"GU{sale.number}", "Buchungstext": "Gutschrift"}


def quickbooks_customers(sales):
    """The whole report, for its customers stand on lines of their own, with a total below the lines of each."""
    buyers = {name: [sale for sale in sales if sale.name == name] for name in sorted({sale.name for sale in sales})}
    lines = ["Kiln Shop", "Sales by Customer Detail", "January - June 2025", ""]
    lines.append(",Date,Transaction Type,Num,Product/Service,Memo/Description,Qty,Sales Price,Amount,Balance")
    for name, theirs in buyers.items():
        lines.append(f"{name},,,,,,,,,")
        left = 0.0
        for sale in theirs:
            for kind, sign in (("Invoice", 1), ("Credit Memo", -1))[: 2 if sale.state == "back" else 1]:
                for product, units, price in sale.lines:
                    left += sign * units * price
                    money = f'{sign * price:.2f},"{sign * units * price:,.2f}","{left:,.2f}"'
                    number = sale.number if sign > 0 else f"CM{sale.number}"
                    lines.append(f",{sale.day:%m/%d/%Y},{kind},{number},{product},,{units}.00,{money}")
        lines.append(f'Total for {name},,,,,,,,"${left:,.2f}",')
    total = sum(sale.total for sale in sales if sale.state != "back")
    lines += [
        f'TOTAL,,,,,,,,"${total:,.2f}",',
        "",
        "",
        "",
        "Accrual Basis Friday 01 August 2025 10:11 AM GMTZ,,,,,,,,,",
    ]
    return "\r\n".join(lines).encode()


# Lists of customers: a function from one of them to its row


def shopify_customers(name, mail, money, orders):
    return {
        "Customer ID": f"'80000{len(name)}{ord(name[0])}",
        "First Name": name.split()[0],
        "Last Name": name.split()[1],
        "Email": mail,
        "Accepts Email Marketing": "yes",
        "Default Address City": "Kiel",
        "Default Address Zip": "'24103",
        "Phone": "",
        "Accepts SMS Marketing": "no",
        "Total Spent": money,
        "Total Orders": orders,
        "Note": "",
        "Tax Exempt": "no",
        "Tags": "",
    }


def woocommerce_customers(name, mail, money, orders):
    return {
        "Name": name,
        "Username": name.split()[0].lower(),
        "Last Active": "2025-06-01",
        "Sign Up": "2024-01-15",
        "Email": mail,
        "Orders": orders,
        "Total Spend": money,
        "AOV": round(money / orders, 2),
        "Country / Region": "DE",
        "City": "Kiel",
        "Region": "",
        "Postal Code": "24103",
    }


def klaviyo(name, mail, money, orders):
    return {
        "Email": mail,
        "Klaviyo ID": f"01H{name[:3].upper()}X9",
        "First Name": name.split()[0],
        "Last Name": name.split()[1],
        "Consent": "SUBSCRIBED",
        "First Active": "2024-02-01 10:00:00",
        "Last Active": "2025-06-01 10:00:00",
        "Profile Created On": "2024-01-15 10:00:00",
        "Date Added": "2024-01-15 10:00:00",
        "Historic Customer Lifetime Value": money,
        "Predicted Customer Lifetime Value": round(money / 2, 2),
        "Total Customer Lifetime Value": round(1.5 * money, 2),
        "Historic Number Of Orders": orders,
        "Predicted Number Of Orders": 1.2,
        "Average Order Value": round(money / orders, 2),
        "Churn Risk Prediction": 0.4,
    }


def mailchimp(name, mail, money, orders):
    return {
        "Email Address": mail,
        "First Name": name.split()[0],
        "Last Name": name.split()[1],
        "MEMBER_RATING": 1 + orders % 5,
        "OPTIN_TIME": "",
        "OPTIN_IP": "",
        "CONFIRM_TIME": "2024-01-15 10:00:00",
        "CONFIRM_IP": "192.0.2.7",
        "GMTOFF": "",
        "CC": "DE",
        "LAST_CHANGED": "2025-05-05 10:00:00",
        "LEID": 400000 + orders * 7 + len(name),
        "EUID": f"e{orders}{mail[:3]}",
        "NOTES": "",
        "TAGS": '"Shop","Fair"',
    }
