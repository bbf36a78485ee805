import { computed, ref, type ComputedRef, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { passphraseSchema } from '#shared/contract/parts/protection.ts'

export type NewPassphrase = {
  passphrase: Ref<string>
  again: Ref<string>
  /** What is wrong with it, in words; empty until somebody tried. */
  problems: ComputedRef<{ passphrase: string; again: string }>
  /** Whether it can be taken; from now on what is wrong is said. */
  check(): boolean
}

/** A passphrase that somebody chooses, typed twice. */
export function useNewPassphrase(): NewPassphrase {
  const { t } = useI18n()
  const passphrase = ref('')
  const again = ref('')
  const tried = ref(false)
  const wrong = computed(() => ({
    passphrase: passphraseSchema.safeParse(passphrase.value).success ? '' : t('protection.fields.short'),
    again: again.value === passphrase.value ? '' : t('protection.fields.differs'),
  }))
  return {
    passphrase,
    again,
    problems: computed(() => (tried.value ? wrong.value : { passphrase: '', again: '' })),
    check() {
      tried.value = true
      return wrong.value.passphrase === '' && wrong.value.again === ''
    },
  }
}
