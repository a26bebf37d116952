from segmentation.exports.export import Export

tokopedia = Export(
    title="a Tokopedia sales report",
    known_by=("Nomor Invoice", "Tanggal Pembayaran", "Status Terakhir", "Nama Pembeli", "Total Penjualan (IDR)"),
    roles={
        "customer": "Nama Pembeli|No Telp Pembeli",
        "phone": "No Telp Pembeli",
        "order": "Nomor Invoice",
        "date": "Tanggal Pembayaran",
        "revenue": "Total Penjualan (IDR)",
        "status": "Status Terakhir",
        "price": "Harga Jual (IDR)",
    },
)
