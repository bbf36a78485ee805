import { inject, type ComputedRef, type InjectionKey } from 'vue'

/** What a BaseField tells the control inside it. */
export type FieldContext = {
  id: string
  describedBy: ComputedRef<string | undefined>
  invalid: ComputedRef<boolean>
  required: ComputedRef<boolean>
}

export const fieldKey: InjectionKey<FieldContext> = Symbol('field')

/** The field around a control; null for a control that stands alone and brings its own label. */
export const useField = (): FieldContext | null => inject(fieldKey, null)
