"""The vocabulary: every role a column can have, and what files call it in nine languages.

A further language is a few more words in a synonym tuple; the order within a tuple is the preference when a file has
several of them. A word stands here only where it is sure: a wrong role is worse than none. Spelling, accents, spaces
and case do not matter (`columns.key`).
"""

from typing import Literal

from segmentation.dataclass import dataclass

Kind = Literal["text", "number", "date"]


@dataclass(frozen=True)
class Role:
    """What a column can be. `kind` is what its values must be; `help` says what it is used for."""

    name: str
    label: str
    synonyms: tuple[str, ...]
    kind: Kind
    help: str
    weak: tuple[str, ...] = ()  # words that may mean it: offered, never taken


def split_words(text: str) -> tuple[str, ...]:
    """The words or phrases of a list with commas."""
    return tuple(word.strip() for word in text.split(","))


_ALL = (
    Role(
        "customer",
        "Customer number or name",
        split_words(
            "customer id, customer unique id, customer number, customer no, customer nr, customer code, customer key, cust id, "
            "client id, client number, client code, account id, account number, account no, buyer id, user id, "
            "member id, shopper id, contact id, household id, household key, kundennummer, kunden nr, kundennr, kunden id, "
            "kundencode, debitor, debitorennummer, code client, id client, numero client, numero de client, "
            "n client, id cliente, codigo cliente, codigo de cliente, codigo do cliente, numero de cliente, "
            "numero cliente, cliente id, код клиента, номер клиента, id клиента, клиент id, код покупателя, "
            "id покупателя, номер покупателя, код контрагента, kode pelanggan, id pelanggan, nomor pelanggan, "
            "no pelanggan, kode customer, id klienti, id e klientit, kodi klientit, kodi i klientit, "
            "numri i klientit, nr klientit, klienti id, 客户编号, 客户号, 客户id, 客户代码, 顾客编号, 会员编号, "
            "会员id, 用户id, customer nbr, custno, cust no, cust number, customerno, account code, acct no, acct id, "
            "client no, client nr, client ref, customer ref, customer reference, patron id, subscriber id, guest id, "
            "donor id, party id, kd nr, kdnr, kunden nummer, kunde nr, kundenkonto, debitor nr, debitoren nr, "
            "debitorenkonto, personenkonto, geschaftspartner nr, kunde id, code du client, ref client, "
            "reference client, no client, no de client, n de client, compte client, code tiers, nro cliente, "
            "nro de cliente, num cliente, n cliente, cod cliente, clave cliente, id comprador, cod do cliente, "
            "numero do cliente, n do cliente, id do cliente, codigo comprador, ид клиента, клиент код, клиент номер, "
            "код заказчика, код партнера, id пользователя, nomor customer, no customer, id customer, kode konsumen, "
            "id member, nomor member, kodi i bleresit, nr i klientit, numri klientit, bleresi kodi, 客户代号, "
            "客户编码, 客户ID号, 买家id, 顾客id, 顾客号, 会员号, 会员卡号, 用户编号, master id, person id, "
            "card, card no, card number, card id, loyalty card, customer, client, account, "
            "buyer, member, kunde, kunden, cliente, клиент, покупатель, контрагент, заказчик, pelanggan, pembeli, "
            "klienti, klient, bleresi, 客户, 顾客, 会员, sold to, sold to party, sold to name, ship to party, bill to, bill to name, "
            "bill to customer, potential customer, "
            "geschaftspartner, auftraggeber, kundin, tiers, comprador, socio, партнер, получатель, грузополучатель, "
            "плательщик, пользователь, konsumen, nasabah, konsumatori, 买家, 买方, 购买方, 购货单位, 往来单位, "
            "associated company, associated contact, party name, "
            "client name, customer name, company name, company, account name, kundenname, firma, nom du client, "
            "nom client, nombre del cliente, nombre cliente, nome do cliente, nome cliente, имя клиента, "
            "наименование клиента, наименование контрагента, nama pelanggan, nama customer, nama konsumen, "
            "emri i klientit, emri klientit, emertimi i klientit, raison sociale, razon social, razao social, "
            "客户名称, 客户姓名, 用户名, id"
        ),
        "text",
        "Who bought: every figure is computed per customer.",
        weak=split_words(
            "name, nama, nombre, nome, nom, имя, наименование, emri, 名称, 姓名, organisation, organization, "
            "empresa, societe, firm, particulars, party, konto, "
            "cuenta, compte, conta, entreprise, compania, компания, организация, perusahaan, kompania, 公司, 企业"
        ),
    ),
    Role(
        "date",
        "Date of the purchase",
        split_words(
            "order date, invoice date, purchase date, transaction date, sale date, sales date, date, day, order day, "
            "date of order, date of purchase, order time, order datetime, purchase timestamp, transaction time, "
            "timestamp, datetime, booking date, shipment date, bestelldatum, rechnungsdatum, kaufdatum, "
            "auftragsdatum, belegdatum, buchungsdatum, datum, date de commande, date commande, date de facture, "
            "date facture, date d achat, date achat, fecha de pedido, fecha pedido, fecha de compra, fecha compra, "
            "fecha de factura, fecha factura, fecha, data do pedido, data pedido, data da compra, data compra, "
            "дата заказа, дата покупки, дата продажи, дата отгрузки, дата документа, дата, tanggal pesanan, "
            "tanggal transaksi, tanggal pembelian, tanggal order, tanggal, tgl, data e porosise, data e blerjes, "
            "data e fatures, 订单日期, 下单日期, 购买日期, 交易日期, 日期, 下单时间, 时间, date ordered, "
            "date purchased, date sold, date of sale, date of invoice, sold on, ordered at, order placed, "
            "purchased at, paid at, posting date, document date, doc date, billing date, txn date, trans date, "
            "trx date, order created at, inv date, tran date, rechnungs datum, beleg datum, auftrags datum, "
            "verkaufsdatum, fakturadatum, faktura datum, umsatzdatum, bestelltag, re datum, rg datum, "
            "leistungsdatum, lieferdatum, date de la commande, date de la facture, date de vente, date vente, "
            "date de transaction, date piece, date ecriture, date comptable, fecha de venta, fecha venta, "
            "fecha de la factura, fecha del pedido, fecha de emision, fecha emision, fecha documento, "
            "fecha de transaccion, fecha operacion, data da venda, data venda, data de venda, data da fatura, "
            "data de emissao, data emissao, data da nota, data do documento, data da transacao, data de compra, "
            "dt pedido, dt venda, dt emissao, дата реализации, дата накладной, дата счета, дата чека, дата операции, "
            "дата оплаты заказа, дата проведения, tgl faktur, tanggal faktur, tanggal jual, tanggal penjualan, "
            "tgl penjualan, tgl transaksi, tgl order, tgl pesanan, tgl nota, tanggal nota, tanggal invoice, "
            "tgl invoice, tgl beli, waktu transaksi, data e shitjes, data e transaksionit, data fatures, "
            "data porosise, data e dokumentit, data e urdherit, dt e fatures, 开票日期, 发票日期, 销售日期, "
            "成交日期, 订购日期, 单据日期, 交易时间, 购买时间, 订单时间, 付款时间, 消费日期, data, close date, closing date, "
            "won time, abschlussdatum, date de cloture, fecha de cierre, data de fechamento, дата закрытия, "
            "tanggal penutupan, data e mbylljes, 成交时间"
        ),
        "date",
        "When it was bought: recency, growth and steadiness come from it.",
        weak=split_words(
            "created at, created, period, zeitpunkt, jour, dia, день, период, hari, dita, 月份, month, payment date, "
            "date paid, delivery date, дата оплаты, fecha de pago, tanggal bayar"
        ),
    ),
    Role(
        "revenue",
        "Revenue",
        split_words(
            "revenue, net revenue, sales, net sales, turnover, sales amount, order value, order amount, order total, "
            "amount, total amount, line total, total price, total sales, total revenue, dollar value, sales value, "
            "transaction amount, sales amt, sale amt, total amt, net amt, amt, gmv, net gmv, gross merchandise value, "
            "lifetime sales, lifetime spend, lifetime revenue, actual revenue, invoice amount, amount paid, payment, "
            "payment value, spend, monetary, total, value, "
            "gross revenue, gross sales, umsatz, nettoumsatz, umsatz netto, erlos, erlose, betrag, rechnungsbetrag, "
            "gesamtbetrag, gesamtpreis, chiffre d affaires, ca, ca ht, montant, montant ht, montant total, ventes, "
            "ingresos, importe, importe total, ventas, facturacion, monto, receita, faturamento, valor total, "
            "vendas, выручка, сумма, сумма заказа, сумма продажи, оборот, продажи, pendapatan, penjualan, omzet, "
            "omset, total harga, te ardhura, te ardhurat, shitjet, shuma, xhiro, 收入, 销售额, 金额, 营业额, "
            "订单金额, 总金额, 总价, net amount, amount net, net value, net total, sales revenue, invoice total, "
            "invoice value, extended price, ext price, line amount, line value, line revenue, amount eur, "
            "order revenue, purchase amount, total value, subtotal net, sum amount, sales eur, sales usd, "
            "total spend, total spent, money spent, grand total amount, gross amount, total net, nettobetrag, "
            "netto betrag, bruttobetrag, betrag netto, betrag brutto, nettowert, auftragswert, bestellwert, "
            "warenwert, positionswert, rechnungssumme, gesamtumsatz, umsatz gesamt, jahresumsatz, umsatz brutto, umsatzerlose, "
            "umsatze, verkaufserlos, rechnungsbetrag netto, gesamt netto, netto, montant net, "
            "montant de la commande, montant facture, montant de la facture, total ht, total ttc, montant ttc, "
            "chiffre affaires, prix total, c a, ca total, ca net, ventes ht, valeur vente, importe neto, importe venta, "
            "importe de venta, monto total, monto venta, monto de la venta, total venta, total ventas, "
            "total factura, venta, venta neta, ventas netas, importe factura, precio total, valor de venta, "
            "valor da venda, valor venda, valor do pedido, valor pedido, valor da nota, valor da fatura, "
            "valor da compra, valor liquido, valor faturado, receita liquida, receita bruta, venda liquida, "
            "total vendido, total da venda, faturado, preco total, сумма документа, сумма заказа руб, сумма без ндс, "
            "сумма с ндс, сумма чека, сумма покупки, сумма реализации, сумма отгрузки, сумма счета, сумма накладной, "
            "сумма сделки, сумма руб, сумма итого, выручка без ндс, выручка руб, объем продаж, стоимость продажи, "
            "стоимость заказа, стоимость без ндс, товарооборот, total penjualan, nilai penjualan, nilai transaksi, "
            "nilai faktur, total transaksi, total faktur, jumlah penjualan, total bayar, jumlah bayar, "
            "total belanja, total pembayaran, total nilai, nilai jual, nominal, penjualan bersih, omset penjualan, "
            "vlera totale, vlera e fatures, vlera e shitjes, shuma totale, shuma e fatures, shuma paguar, "
            "totali i fatures, te ardhura nga shitja, shitje, vlera pa tvsh, shuma pa tvsh, qarkullimi, 销售金额, "
            "销售收入, 成交额, 成交金额, 交易金额, 消费金额, 实付金额, 支付金额, 含税金额, 不含税金额, 价税合计, "
            "应收金额, 总销售额, 合计金额, 购买金额, 订单总额, wert, valor, nilai, vlera"
        ),
        "number",
        "What the customer paid for this line or in total.",
        weak=split_words(
            "jumlah, стоимость, 费用, доход, income, ingreso, money, price total, итого, всего, summe, gesamt, 合计, "
            "totali, soma, suma"
        ),
    ),
    Role(
        "order",
        "Order or invoice number",
        split_words(
            "order id, order number, order no, order nr, order code, invoice id, invoice number, invoice no, "
            "invoice nr, invoice, transaction id, transaction number, receipt id, receipt number, receipt no, "
            "basket id, document number, order, bestellnummer, bestell nr, auftragsnummer, auftrag nr, auftrag, "
            "rechnungsnummer, rechnung nr, rechnungsnr, belegnummer, beleg nr, numero de commande, numero commande, "
            "n commande, id commande, commande, numero de facture, numero facture, facture, numero de pedido, "
            "numero pedido, id pedido, pedido, numero de factura, factura, numero do pedido, codigo do pedido, "
            "nota fiscal, номер заказа, заказ, № заказа, код заказа, номер чека, чек, номер документа, номер счета, "
            "nomor pesanan, no pesanan, kode pesanan, nomor faktur, no faktur, nomor order, id pesanan, "
            "numri i porosise, nr porosise, numri i fatures, nr fatures, porosia, fatura, 订单编号, 订单号, 订单id, "
            "发票号, 单号, order ref, order reference, sales order, sales order number, so number, so no, "
            "invoice ref, inv no, invoice num, bill no, bill number, doc no, document no, ticket number, ticket no, "
            "transaction ref, purchase id, cart id, checkout id, order key, ordernumber, voucher no, trx id, txn id, "
            "auftrags nr, auftragsnr, bestellnr, bestell nummer, bestellung nr, belegfeld 1, beleg nummer, belegnr, "
            "faktura, fakturanummer, faktura nr, re nr, rg nr, vorgangsnummer, verkaufsbeleg, bon nr, kassenbon, "
            "no commande, n de commande, ref commande, reference commande, no facture, n facture, n de facture, "
            "numero piece, num facture, ticket de caisse, numero de ticket, id de commande, n pedido, nro pedido, "
            "nro de pedido, num pedido, no pedido, no de pedido, nro factura, nro de factura, no de factura, "
            "no de commande, no de facture, no factura, n factura, num factura, folio, numero de orden, id orden, "
            "orden, n de factura, comprobante, albaran, n do pedido, id do pedido, cod pedido, numero da nota, "
            "numero da fatura, n da fatura, numero nf, nf, nfe, nota, cupom, numero do cupom, id transacao, "
            "id da venda, codigo da venda, n заказа, no заказа, ид заказа, id заказа, документ, номер накладной, "
            "накладная, номер счета фактуры, счет фактура, документ продажи, регистратор, номер реализации, "
            "номер сделки, id сделки, ид транзакции, номер операции, no order, id order, kode order, no transaksi, "
            "id transaksi, kode transaksi, nomor transaksi, no nota, nomor nota, no invoice, nomor invoice, "
            "no struk, nomor struk, no bukti, kode faktur, nomor bukti, nr i porosise, nr i fatures, numri fatures, "
            "id e porosise, kodi i porosise, nr dokumentit, numri i dokumentit, nr i dokumentit, kuponi, 订单号码, "
            "订单编码, 订货单号, 销售单号, 发票号码, 交易号, 交易编号, 流水号, 单据编号, 单据号, 小票号, 票据号, "
            "出库单号"
        ),
        "text",
        "Lines with the same number are one purchase; without it every line counts as one.",
        weak=split_words("number, nummer, номер, numero, nomor, numri, 编号, beleg, dokument, document, документ, id"),
    ),
    Role(
        "cost",
        "Cost of the goods",
        split_words(
            "cost, costs, total cost, cost of goods, cost of goods sold, cogs, kosten, wareneinsatz, herstellkosten, "
            "cout, couts, cout d achat, coste, costes, costo, costos, custo, custos, custo total, себестоимость, "
            "затраты, biaya, harga pokok, hpp, kosto, kostoja, 成本, cost amount, cost value, cost total, "
            "total costs, product cost, goods cost, cost of sales, material cost, item cost total, warenkosten, "
            "materialkosten, selbstkosten, kosten gesamt, cout total, couts totaux, cout des ventes, "
            "cout des marchandises, cout de revient, costo total, coste total, costo de venta, costo de ventas, "
            "coste de ventas, custo da venda, custo das vendas, custo da mercadoria, cmv, себестоимость продаж, "
            "себестоимость товара, себестоимость реализации, закупочная стоимость, сумма себестоимости, "
            "себестоимость руб, total biaya, biaya barang, harga pokok penjualan, total hpp, modal, nilai hpp, "
            "kostot, kosto totale, kosto e mallit, kosto e mallrave, 总成本, 销售成本, 成本金额, 商品成本"
        ),
        "number",
        "What the goods cost: revenue less cost is profit.",
        weak=split_words("стоимость, aufwand, 费用, shpenzime"),
    ),
    Role(
        "profit",
        "Profit or margin in money",
        split_words(
            "profit, gross profit, net profit, margin, gross margin, contribution, contribution margin, earnings, "
            "gewinn, deckungsbeitrag, db, rohertrag, marge, benefice, profit net, marge brute, beneficio, ganancia, "
            "utilidad, margen, lucro, margem, прибыль, валовая прибыль, маржа, laba, keuntungan, untung, "
            "margin laba, fitimi, fitim, marzhi, 利润, 毛利, 毛利润, 净利润, profit amount, gross profit amount, "
            "operating profit, contribution amount, margin amount, net margin, rohgewinn, rohmarge, db1, db 1, "
            "deckungsbeitrag 1, reingewinn, ertrag, benefice net, benefice brut, marge nette, marge commerciale, "
            "resultat, beneficio neto, beneficio bruto, margen bruto, utilidad bruta, utilidad neta, ganancia neta, "
            "lucro bruto, lucro liquido, margem bruta, margem de contribuicao, margem liquida, чистая прибыль, "
            "прибыль руб, валовый доход, маржинальный доход, маржинальная прибыль, laba kotor, laba bersih, "
            "profit bersih, fitimi bruto, fitimi neto, fitim bruto, fitim neto, 利润额, 毛利额, 净利"
        ),
        "number",
        "What is left of the revenue: used where the file already knows it.",
    ),
    Role(
        "cost_to_serve",
        "Cost to serve",
        split_words(
            "cost to serve, service cost, serving cost, cost of service, servicing cost, handling cost, "
            "delivery cost, servicekosten, betreuungskosten, cout de service, costo de servicio, coste de servicio, "
            "custo de servico, custo de atendimento, стоимость обслуживания, затраты на обслуживание, biaya layanan, "
            "biaya pelayanan, kosto e sherbimit, 服务成本"
        ),
        "number",
        "What serving the customer cost, beside the goods.",
    ),
    Role(
        "units",
        "Units",
        split_words(
            "quantity, qty, units, order qty, ordered qty, order quantity, ordered quantity, pieces, pcs, items, number of items, n items, "
            "number of units, n cds, number of cds, volume, menge, anzahl, stuck, stuckzahl, quantite, qte, nombre, "
            "cantidad, unidades, cant, quantidade, qtd, qtde, количество, кол во, количество штук, штук, kuantitas, "
            "jumlah barang, jumlah unit, banyaknya, sasia, sasi, cope, 数量, 件数, qty sold, quantity sold, "
            "units sold, qty ordered, qty shipped, quantity ordered, sold qty, item quantity, no of items, "
            "no of units, item count, unit qty, bestellmenge, absatz, absatzmenge, verkaufsmenge, verkaufte menge, "
            "stk, liefermenge, mng, quantite vendue, quantite commandee, qte vendue, qte commandee, nb articles, "
            "nombre d articles, unites, nb unites, cantidad vendida, cantidad pedida, uds, unidades vendidas, "
            "piezas, ctd, quantidade vendida, qtd vendida, qtde vendida, qnt, qnt vendida, pecas, кол, колво, "
            "количество товара, количество товаров, продано штук, шт, кол во шт, объем в шт, qty terjual, "
            "jumlah terjual, unit terjual, jml barang, jml unit, kuantiti, pcs terjual, banyak, sasia e shitur, "
            "cope te shitura, sasia shitur, 销售数量, 销量, 购买数量, 商品数量, 订购数量, 出货数量, 个数"
        ),
        "number",
        "How many were bought.",
        weak=split_words("jumlah, nombre, 数, number, stk, volume sold"),
    ),
    Role(
        "price",
        "Price of one unit",
        split_words(
            "unit price, price, price per unit, price each, selling price, sales price, list price, item price, "
            "einzelpreis, stuckpreis, preis, verkaufspreis, prix unitaire, prix, pu, prix de vente, precio unitario, "
            "precio, preco unitario, preco, valor unitario, цена, цена за единицу, цена за штуку, harga satuan, "
            "harga, cmimi, cmimi per njesi, cmimi njesi, 单价, 价格, 售价, price eur, unit price eur, price unit, "
            "net price, sale price, unit selling price, retail price, preis pro stuck, vk preis, stuck preis, "
            "netto preis, nettopreis, listenpreis, prix de vente unitaire, prix unitaire ht, pu ht, prix a l unite, "
            "tarif unitaire, precio de venta, precio por unidad, precio unidad, p unitario, precio unit, pvp, "
            "preco de venda, preco venda, preco por unidade, valor unit, vl unitario, vlr unitario, цена продажи, "
            "цена руб, цена реализации, цена без ндс, цена шт, harga jual, harga per unit, harga unit, harga barang, "
            "cmimi i shitjes, cmimi njesise, cmimi i njesise, cmimi per cope, 销售单价, 商品单价, 零售价, 销售价格"
        ),
        "number",
        "With units it gives the revenue where the file has none.",
    ),
    Role(
        "discount",
        "Discount",
        split_words(
            "discount, discount rate, discount percent, discount pct, rebate, rabatt, nachlass, skonto, remise, "
            "rabais, descuento, desconto, скидка, процент скидки, diskon, potongan, zbritja, zbritje, 折扣, disc, "
            "discount amount, discount value, disc pct, percent discount, discount given, rabattsatz, "
            "rabatt prozent, rabattbetrag, preisnachlass, taux de remise, remise pct, montant remise, reduction, "
            "ristourne, dto, dcto, porcentaje descuento, descuento pct, importe descuento, bonificacion, "
            "valor desconto, valor do desconto, percentual de desconto, desc, сумма скидки, размер скидки, "
            "скидка руб, скидка процент, diskon persen, potongan harga, nilai diskon, rabat, diskonto, ulje, "
            "perqindja e zbritjes, 折扣率, 折扣金额, 优惠金额, 优惠"
        ),
        "number",
        "A share of the price from 0 to 1, or a percentage from 0 to 100.",
    ),
    Role(
        "product",
        "Product",
        split_words(
            "product id, product code, product number, product no, stock code, sku, item id, item code, item number, "
            "item no, article number, article no, article id, artikelnummer, artikel nr, produktnummer, "
            "reference produit, code article, code produit, codigo producto, codigo de producto, codigo do produto, "
            "артикул, код товара, kode produk, kode barang, kodi i produktit, 产品编号, 商品编号, 商品编码, product, "
            "product name, item, item name, article, artikel, produkt, produit, producto, articulo, produto, товар, "
            "наименование товара, номенклатура, produk, barang, nama produk, nama barang, produkti, artikulli, 产品, "
            "商品, 产品名称, 商品名称, product description, item description, product sku, product key, product ref, "
            "item sku, material, material number, materialnummer, material nr, artikel nummer, art nr, artnr, "
            "artikelbezeichnung, produktname, bezeichnung artikel, warenbezeichnung, ref produit, reference article, "
            "designation article, nom du produit, libelle article, libelle produit, articles, codigo articulo, "
            "cod producto, cod articulo, nombre del producto, descripcion producto, descripcion del producto, "
            "descripcion articulo, referencia producto, cod produto, codigo produto, nome do produto, "
            "descricao do produto, descricao produto, mercadoria, код номенклатуры, наименование номенклатуры, "
            "номенклатура наименование, название товара, товары, id товара, номер товара, код артикула, продукт, "
            "наименование продукции, продукция, kode item, kode brg, nama brg, nama item, item produk, "
            "deskripsi produk, kodi produktit, kodi i artikullit, kodi artikullit, emri i produktit, "
            "pershkrimi i produktit, emertimi i artikullit, malli, 货号代码, 产品代码, 产品编码, 物料编码, 物料名称, "
            "品名, 货品名称"
        ),
        "text",
        "What was bought.",
        weak=split_words(
            "name, bezeichnung, designation, наименование, descripcion, descricao, description, keterangan, 名称, 规格"
        ),
    ),
    Role(
        "category",
        "Product category",
        split_words(
            "category, product category, category name, product group, product line, product type, dept, department, "
            "sub category, subcategory, category id, warengruppe, produktgruppe, kategorie, categorie, rayon, "
            "famille, categoria, categoria de producto, familia, категория, группа товаров, товарная группа, "
            "kategori, kategori produk, kategoria, 类别, 产品类别, 品类, 分类, item category, item group, "
            "product family, product class, merchandise group, product segment, commodity group, artikelgruppe, "
            "produktkategorie, sortiment, sparte, produktlinie, famille de produit, famille produit, "
            "famille d articles, famille article, categorie produit, gamme, gamme produit, categoria producto, "
            "categoria del producto, linea de producto, familia de producto, familia producto, rubro, "
            "categoria do produto, categoria produto, linha de produto, grupo de produto, grupo de produtos, "
            "grupo produto, категория товара, категория товаров, номенклатурная группа, группа номенклатуры, "
            "вид номенклатуры, товарная категория, kategori barang, jenis produk, jenis barang, kelompok barang, "
            "golongan barang, kategoria e produktit, kategori produkti, grupi i artikujve, lloji i produktit, "
            "商品类别, 商品分类, 产品分类, 产品大类, 品种, 大类"
        ),
        "text",
        "The group a product belongs to.",
        weak=split_words("group, gruppe, groupe, grupo, группа, тип, type, typ, tipo, jenis, lloji, 类型, 种类"),
    ),
    Role(
        "potential",
        "Potential",
        split_words(
            "potential, sales potential, revenue potential, profit potential, customer potential, potenzial, "
            "umsatzpotenzial, potentiel, potencial, потенциал, potensi, potenciali, potencial i shitjeve, 潜力"
        ),
        "number",
        "What the customer could bring in the coming period, where somebody has estimated it.",
    ),
    Role(
        "channel",
        "Sales channel",
        split_words(
            "channel, sales channel, order channel, source channel, kanal, vertriebskanal, verkaufskanal, canal, "
            "canal de vente, canal de venta, canal de ventas, canal de vendas, canal de venda, канал, канал продаж, "
            "saluran, saluran penjualan, kanali, kanali i shitjes, 渠道, 销售渠道, channel name, purchase channel, "
            "marketing channel, order source, sales source, vertriebsweg, absatzkanal, bestellkanal, canal vente, "
            "canal d achat, canal de distribution, canal de compra, canal de distribucion, canal venta, canal venda, "
            "canal de distribuicao, канал сбыта, источник заказа, канал привлечения, kanal penjualan, "
            "jalur penjualan, kanali shitjes, 购买渠道, 订单来源, 渠道来源"
        ),
        "text",
        "The way it was sold.",
        weak=split_words("source, quelle, origen, origem, источник, sumber, burimi, 来源"),
    ),
    Role(
        "orders",
        "Number of orders",
        split_words(
            "number of orders, orders, order count, orders count, n orders, no of orders, total orders, frequency, "
            "number of purchases, purchases, purchase count, transactions, number of transactions, "
            "transaction count, visits, number of visits, anzahl bestellungen, bestellungen, anzahl auftrage, "
            "nombre de commandes, nb commandes, commandes, numero de pedidos, pedidos, numero de compras, "
            "количество заказов, число заказов, заказы, количество покупок, jumlah pesanan, jumlah transaksi, "
            "jumlah order, numri i porosive, porosi, 订单数, 订单数量, 购买次数, order frequency, "
            "purchase frequency, num orders, num purchases, orders placed, times purchased, invoices, "
            "number of invoices, bestellanzahl, anzahl kaufe, anzahl der bestellungen, anzahl rechnungen, auftrage, "
            "nb achats, nombre d achats, nb de commandes, cantidad de pedidos, n de pedidos, total pedidos, "
            "cantidad de compras, quantidade de pedidos, qtd pedidos, total de pedidos, n de compras, "
            "кол во заказов, кол во покупок, количество чеков, число покупок, количество сделок, jml transaksi, "
            "jml order, frekuensi, frekuensi pembelian, jumlah pembelian, numri i blerjeve, nr i porosive, "
            "numri i transaksioneve, 购买频次, 下单次数, 消费次数, 订单总数, 购买频率"
        ),
        "number",
        "How often the customer bought; one row per customer.",
    ),
    Role(
        "first_order",
        "First purchase",
        split_words(
            "first order, first order date, first purchase, first purchase date, first visit, date of first order, "
            "erste bestellung, erstkauf, premiere commande, date premiere commande, premier achat, primer pedido, "
            "primera compra, fecha primera compra, primeiro pedido, primeira compra, первый заказ, "
            "дата первого заказа, первая покупка, дата первой покупки, pesanan pertama, pembelian pertama, "
            "tanggal pembelian pertama, porosia e pare, blerja e pare, 首次购买, 首单日期, first purchased, "
            "first invoice date, first transaction date, date of first purchase, erste bestellung am, "
            "erstbestellung, datum erstkauf, erster kauf, date du premier achat, date premier achat, "
            "fecha primer pedido, fecha de primera compra, fecha de la primera compra, data da primeira compra, "
            "data primeira compra, data do primeiro pedido, дата первой сделки, дата первой отгрузки, "
            "tanggal pesanan pertama, tgl pembelian pertama, data e blerjes se pare, data e porosise se pare, "
            "首次购买日期, 首次下单日期, 首购日期, 首单时间"
        ),
        "date",
        "The day of the first purchase; one row per customer.",
    ),
    Role(
        "last_order",
        "Last purchase",
        split_words(
            "last order, last order date, last purchase, last purchase date, last visit, most recent visit, "
            "most recent order, most recent purchase, latest order, date of last order, letzte bestellung, "
            "letzter kauf, letzter einkauf, derniere commande, date derniere commande, dernier achat, ultimo pedido, "
            "ultima compra, fecha ultima compra, последний заказ, дата последнего заказа, последняя покупка, "
            "дата последней покупки, pesanan terakhir, pembelian terakhir, tanggal pembelian terakhir, "
            "porosia e fundit, blerja e fundit, 最后购买, 最近购买, 最后订单日期, last purchased, last invoice date, "
            "last transaction date, last sale date, date of last purchase, latest purchase, letzte bestellung am, "
            "letzter kauf am, datum letzter kauf, letztes kaufdatum, letzter umsatz, letzte rechnung, "
            "date du dernier achat, date dernier achat, derniere vente, fecha ultimo pedido, fecha de ultima compra, "
            "fecha de la ultima compra, data da ultima compra, data ultima compra, data do ultimo pedido, "
            "ultima venda, дата последней сделки, дата последней отгрузки, последняя отгрузка, последняя продажа, "
            "tanggal pesanan terakhir, tgl pembelian terakhir, transaksi terakhir, tanggal transaksi terakhir, "
            "data e blerjes se fundit, data e porosise se fundit, 最近购买日期, 最后购买日期, 最近下单日期, "
            "末次购买日期, 最近消费日期, 最后一次购买"
        ),
        "date",
        "The day of the latest purchase; one row per customer.",
    ),
    Role(
        "recency_days",
        "Days since the last purchase",
        split_words(
            "recency days, recency, days since last order, days since last purchase, days since last visit, "
            "tage seit letztem kauf, tage seit letzter bestellung, jours depuis dernier achat, "
            "dias desde ultima compra, дней с последней покупки, дней с последнего заказа, давность, "
            "hari sejak pembelian terakhir, dite nga blerja e fundit, 距上次购买天数"
        ),
        "number",
        "Days from the last purchase to the as-of date; one row per customer.",
    ),
    Role(
        "unit_cost",
        "Cost of one unit",
        split_words(
            "unit cost, cost per unit, cost price, purchase price, buying price, cost each, standard cost, "
            "einstandspreis, einkaufspreis, ek, ek preis, stuckkosten, prix d achat, prix achat, prix de revient, "
            "cout unitaire, costo unitario, coste unitario, precio de compra, precio de costo, precio de coste, "
            "custo unitario, preco de custo, preco de compra, закупочная цена, цена закупки, цена закупа, "
            "себестоимость единицы, harga beli, harga modal, biaya satuan, cmimi i blerjes, kosto per njesi, 进价, "
            "采购价, 单位成本, 成本价"
        ),
        "number",
        "With units it gives the cost of the goods where the file has none.",
    ),
    Role(
        "currency",
        "Currency",
        split_words(
            "currency, currency code, ccy, curr, wahrung, wahrungsschlussel, wkz umsatz, wkz, wahrungscode, devise, "
            "monnaie, code devise, moneda, divisa, moeda, валюта, валюта документа, код валюты, mata uang, valuta, "
            "monedha, valuta e fatures, 币种, 货币, 币别"
        ),
        "text",
        "What the amounts are in: different currencies are never added together.",
    ),
    Role(
        "status",
        "Status of the order",
        split_words(
            "status, financial status, payment status, payment state, zahlungsstatus, statut du paiement, estado del pago, "
            "status do pagamento, статус оплаты, status pembayaran, statusi i pageses, 付款状态, 支付状态, "
            "order status, invoice status, order state, state of order, bestellstatus, auftragsstatus, "
            "statut, statut commande, etat, etat de la commande, estado, estado del pedido, estado pedido, estatus, "
            "situacao, status do pedido, situacao do pedido, статус, статус заказа, состояние, состояние заказа, "
            "status pesanan, status transaksi, status order, statusi, statusi i porosise, gjendja, 状态, 订单状态, "
            "交易状态, deal status, deal stage, opportunity stage, sales stage, статус сделки, стадия сделки, этап сделки"
        ),
        "text",
        "Tells sales from orders that were cancelled, not paid, refunded, lost, or are still open.",
    ),
    Role(
        "entry",
        "Kind of entry",
        split_words(
            "transaction type, document type, voucher type, vch type, entry type, event type, belegart, buchungsart, "
            "vorgangsart, type de piece, type de transaction, tipo de documento, tipo de transaccion, "
            "tipo de movimento, тип документа, вид операции, тип операции, jenis transaksi, lloji i dokumentit, "
            "lloji i transaksionit, 单据类型, 交易类型"
        ),
        "text",
        "Tells sales from refunds, credit memos, payments and payouts.",
    ),
    Role(
        "side",
        "Debit or credit",
        split_words(
            "soll haben kennzeichen, soll haben, soll haben kz, debit credit, dr cr, sens, debe haber, debito credito, "
            "дебет кредит, debet kredit, debi kredi, 借贷方向"
        ),
        "text",
        "Which way the money went: what stands on the other side is taken off.",
    ),
    Role(
        "refund",
        "Amount refunded",
        split_words(
            "amount refunded, refunded amount, refund amount, return amount, returns amount, return value, returns value, "
            "sales returns, retourenwert, montant des retours, importe devoluciones, total refunded, order refund amount, partial refunds, "
            "partial refund, refund value, refund total, "
            "erstatteter betrag, erstattungsbetrag, ruckerstattungsbetrag, gutschriftsbetrag, montant rembourse, "
            "importe reembolsado, monto reembolsado, importe devuelto, anulaciones y reembolsos, valor reembolsado, "
            "valor estornado, valor devolvido, cancelamentos e reembolsos, сумма возврата, возвращено, "
            "сумма возвращено, jumlah pengembalian, jumlah refund, nilai refund, shuma e rimbursuar, "
            "shuma e kthyer, 退款金额, 退款额, 已退金额"
        ),
        "number",
        "What was paid back, in a column of its own: it is taken off the revenue.",
    ),
    Role(
        "express",
        "Express delivery",
        split_words(
            "express, express delivery, express shipping, is express, rush, rush order, expressversand, "
            "expresslieferung, eilzustellung, eilauftrag, livraison express, urgent, envio urgente, envio express, "
            "urgente, entrega expressa, entrega express, срочно, срочная доставка, экспресс доставка, срочность, "
            "pengiriman ekspres, ekspres, pengiriman kilat, dergese ekspres, dergese e shpejte, 加急, 快递加急, 特快"
        ),
        "text",
        "Whether speed was paid for.",
    ),
    Role(
        "name",
        "Name of the customer",
        split_words(
            "customer name, client name, company name, company, account name, full name, business name, "
            "contact name, kundenname, firma, firmenname, ansprechpartner, nom du client, nom client, "
            "raison sociale, nom complet, nombre del cliente, nombre cliente, razon social, nombre completo, "
            "nome do cliente, nome cliente, razao social, nome completo, имя клиента, наименование клиента, "
            "наименование контрагента, фио, фио клиента, nama pelanggan, nama customer, nama lengkap, "
            "nama perusahaan, emri i klientit, emri klientit, emri i plote, 客户名称, 客户姓名, 公司名称, 姓名"
        ),
        "text",
        "What the customer is called, beside the number.",
        weak=split_words("name, nama, nombre, nome, nom, имя, наименование, emri, 名称"),
    ),
    Role(
        "email",
        "E-mail address",
        split_words(
            "email, e mail, mail, email address, e mail address, customer email, contact email, e mail adresse, "
            "mailadresse, emailadresse, courriel, adresse mail, adresse email, adresse e mail, correo, "
            "correo electronico, e mail cliente, endereco de email, электронная почта, эл почта, почта, адрес почты, "
            "alamat email, surel, posta elektronike, adresa e emailit, 邮箱, 电子邮件, 电子邮箱, 邮件"
        ),
        "text",
        "Reaches the customer; can be masked on screen.",
    ),
    Role(
        "phone",
        "Telephone",
        split_words(
            "phone, telephone, phone number, telephone number, mobile, mobile number, cell phone, tel, tel no, "
            "telefon, telefonnummer, handy, handynummer, mobiltelefon, rufnummer, telephone portable, portable, "
            "numero de telephone, telefono, telefono movil, movil, celular, numero de telefono, telefone, telemovel, "
            "numero de telefone, телефон, номер телефона, мобильный телефон, моб телефон, telepon, no telepon, "
            "nomor telepon, no hp, nomor hp, telefoni, nr telefonit, numri i telefonit, 电话, 电话号码, 手机, "
            "手机号, 手机号码, 联系电话"
        ),
        "text",
        "Reaches the customer; can be masked on screen.",
    ),
    Role(
        "address",
        "Street and number",
        split_words(
            "address, street, street address, address line 1, address 1, billing address, customer address, adresse, "
            "strasse, anschrift, strasse und hausnummer, rue, adresse postale, direccion, domicilio, calle, "
            "endereco, rua, logradouro, morada, адрес, адрес клиента, улица, адрес доставки, alamat, "
            "alamat pelanggan, adresa, rruga, 地址, 客户地址, 详细地址, 收货地址"
        ),
        "text",
        "Tells customers of one name apart; can be masked on screen.",
    ),
    Role(
        "birth_date",
        "Date of birth",
        split_words(
            "date of birth, birth date, birthdate, birthday, dob, born, geburtsdatum, geburtstag, geb datum, "
            "date de naissance, date naissance, fecha de nacimiento, fecha nacimiento, nacimiento, "
            "data de nascimento, data nascimento, nascimento, dt nascimento, дата рождения, день рождения, "
            "tanggal lahir, tgl lahir, datelindja, data e lindjes, ditelindja, 出生日期, 生日, 出生年月"
        ),
        "date",
        "How old the customer is.",
    ),
    Role(
        "age",
        "Age in years",
        split_words(
            "age, customer age, age years, alter, lebensalter, age du client, edad, idade, возраст, возраст клиента, "
            "usia, umur, mosha, 年龄"
        ),
        "number",
        "How old the customer is.",
    ),
    Role(
        "employees",
        "Number of employees",
        split_words(
            "employees, number of employees, no of employees, employee count, headcount, company size, mitarbeiter, "
            "mitarbeiterzahl, anzahl mitarbeiter, beschaftigte, anzahl beschaftigte, effectif, effectifs, "
            "nombre d employes, nombre de salaries, nb salaries, empleados, numero de empleados, n de empleados, "
            "funcionarios, numero de funcionarios, n de funcionarios, сотрудники, количество сотрудников, "
            "число сотрудников, численность, численность сотрудников, karyawan, jumlah karyawan, punonjes, "
            "numri i punonjesve, 员工人数, 员工数, 人数规模"
        ),
        "number",
        "How large a business is.",
    ),
    Role(
        "plan",
        "Plan",
        split_words(
            "plan, subscription plan, plan name, subscription, subscription type, pricing plan, tarif, tarifplan, "
            "abo, abonnement, formule, plan de suscripcion, tarifa, suscripcion, plano, plano de assinatura, "
            "assinatura, тариф, тарифный план, подписка, paket, paket langganan, paketa, abonimi, plani, 套餐, "
            "订阅方案"
        ),
        "text",
        "What the customer subscribes to (free, starter, professional …).",
    ),
    Role(
        "signed_up",
        "Signed up on",
        split_words(
            "signed up, signed up at, signup date, sign up date, signup, registered, registered at, "
            "registration date, date registered, joined, join date, date joined, member since, customer since, dt customer, "
            "enrolment date, enrollment date, date of enrolment, date of enrollment, enrolled, enrolled on, enrollment day, "
            "account created, kunde seit, mitglied seit, registrierungsdatum, registriert am, anmeldedatum, "
            "date d inscription, inscrit le, client depuis, fecha de registro, fecha registro, fecha de alta, "
            "cliente desde, data de cadastro, data cadastro, data de registro, дата регистрации, клиент с, "
            "tanggal daftar, tanggal registrasi, tgl daftar, pelanggan sejak, data e regjistrimit, klient qe nga, "
            "注册日期, 注册时间, 入会日期"
        ),
        "date",
        "The first stage: when the customer came in.",
    ),
    Role(
        "tried",
        "Tried on",
        split_words(
            "tried, tried at, trial start, trial started, trial date, trial start date, activated, activated at, "
            "activation date, first use, first login, testphase ab, aktivierungsdatum, debut essai, "
            "date d activation, inicio de prueba, fecha de activacion, data de ativacao, inicio do teste, "
            "дата активации, начало пробного периода, tanggal aktivasi, data e aktivizimit, 激活日期, 试用开始"
        ),
        "date",
        "The second stage: when the customer tried it.",
    ),
    Role(
        "paid",
        "First paid on",
        split_words(
            "first paid, first paid at, first payment date, first payment, converted at, conversion date, "
            "subscription start, subscribed at, erste zahlung, abo start, premier paiement, primer pago, "
            "primeiro pagamento, первая оплата, дата первой оплаты, pembayaran pertama, pagesa e pare, 首次付款"
        ),
        "date",
        "The third stage: when the customer first paid.",
    ),
    Role(
        "opened",
        "Opened the campaign",
        split_words(
            "opened, opens, email opened, open, email opens, geoffnet, offnungen, ouvert, ouvertures, abierto, "
            "aperturas, aberto, aberturas, открыл, открытия, dibuka, hapur, 打开, 已打开"
        ),
        "text",
        "Campaign response: how often, or 1 for yes.",
    ),
    Role(
        "clicked",
        "Clicked in the campaign",
        split_words(
            "clicked, clicks, email clicked, click, email clicks, geklickt, klicks, clique, clics, clic, clicado, "
            "cliques, кликнул, клики, переходы, diklik, klik, klikuar, klikime, 点击, 点击次数"
        ),
        "text",
        "Campaign response: how often, or 1 for yes.",
    ),
    Role(
        "responded",
        "Bought after the campaign",
        split_words(
            "responded, response, campaign response, converted, conversion, conversions, reagiert, reaktion, "
            "reponse, respuesta, respondio, resposta, respondeu, отклик, откликнулся, конверсия, respon, pergjigje, "
            "响应, 回应"
        ),
        "text",
        "Campaign response: how often, or 1 for yes.",
    ),
)
ROLES: dict[str, Role] = {role.name: role for role in _ALL}
