from segmentation.exports.export import Export

shopee = Export(
    title="a Shopee order export",
    known_by=("No. Pesanan", "Status Pesanan", "Username (Pembeli)", "Harga Setelah Diskon", "Jumlah"),
    roles={
        "customer": "Username (Pembeli)",
        "name": "Nama Penerima",
        "order": "No. Pesanan",
        "date": "Waktu Pesanan Dibuat",
        "units": "Jumlah",
        "price": "Harga Setelah Diskon",
        "product": "Nama Produk",
        "status": "Status Pesanan",
        "revenue": "",  # the total payment is that of the order, its freight included
        "discount": "",
    },
)
