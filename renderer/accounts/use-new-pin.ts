import { computed, ref, type ComputedRef, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { pinSchema } from '#shared/domain/pin.ts'

export type NewPin = {
  pin: Ref<string>
  again: Ref<string>
  /** What is wrong with it, in words; empty until somebody tried. */
  problems: ComputedRef<{ pin: string; again: string }>
  /** Whether it can be taken; from now on what is wrong is said. */
  check(): boolean
}

/** A PIN that somebody chooses, typed twice. */
export function useNewPin(): NewPin {
  const { t } = useI18n()
  const pin = ref('')
  const again = ref('')
  const tried = ref(false)
  const wrong = computed(() => ({
    pin: pinSchema.safeParse(pin.value).success ? '' : t('accounts.newPin.short'),
    again: again.value === pin.value ? '' : t('accounts.newPin.differs'),
  }))
  return {
    pin,
    again,
    problems: computed(() => (tried.value ? wrong.value : { pin: '', again: '' })),
    check() {
      tried.value = true
      return wrong.value.pin === '' && wrong.value.again === ''
    },
  }
}
