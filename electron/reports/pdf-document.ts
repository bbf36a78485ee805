import type PDFDocument from 'pdfkit'

/** A document of pdfkit. */
export type PdfDocument = InstanceType<typeof PDFDocument>

/** An object of the PDF file that others point to. */
export type PdfReference = ReturnType<PdfDocument['ref']>
