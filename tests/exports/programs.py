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
