import { createI18n } from 'vue-i18n'
import en from '#shared/locales/en.json' with { type: 'json' }

/** The sentences of the screens. English is complete in one file; another language is a second file beside it. */
export const i18n = createI18n({ legacy: false, locale: 'en', fallbackLocale: 'en', messages: { en } })
