import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** The upright weights used on paper, and the italic that quotations are set in. */
export type FontStyle = 'regular' | 'bold' | 'italic'

/** One family a group of scripts; `latin` also carries Greek and Cyrillic. */
export type FontFamily = 'latin' | 'arabic' | 'hebrew' | 'devanagari' | 'sc' | 'jp' | 'kr'

const packages: Readonly<Record<FontFamily, { folder: string; name: string }>> = {
  latin: { folder: 'noto-sans', name: 'NotoSans' },
  arabic: { folder: 'noto-sans-arabic', name: 'NotoSansArabic' },
  hebrew: { folder: 'noto-sans-hebrew', name: 'NotoSansHebrew' },
  devanagari: { folder: 'noto-sans-devanagari', name: 'NotoSansDevanagari' },
  sc: { folder: 'noto-sans-sc', name: 'NotoSansSC' },
  jp: { folder: 'noto-sans-jp', name: 'NotoSansJP' },
  kr: { folder: 'noto-sans-kr', name: 'NotoSansKR' },
}

const weights: Readonly<Record<FontStyle, string>> = {
  regular: '400Regular',
  bold: '600SemiBold',
  italic: '400Regular_Italic',
}

/**
 * Where the font file of a family and style lies.
 *
 * With `fontDir` (the packaged app) every file lies flat in that folder under the name it has in its package;
 * without it (a checkout) the files are taken from the installed font packages. Only `latin` has an italic.
 */
export function fontFile(family: FontFamily, style: FontStyle, fontDir?: string): string {
  const { folder, name } = packages[family]
  const weight = weights[style]
  const fileName = `${name}_${weight}.ttf`
  if (fontDir !== undefined) return join(fontDir, fileName)
  const manifest = createRequire(import.meta.url).resolve(`@expo-google-fonts/${folder}/package.json`)
  return join(dirname(manifest), weight, fileName)
}
