import * as z from 'zod/mini'
import { type AlertCode, alertRules } from './alertRules.ts'

type Threshold<Code extends AlertCode> = { [Name in keyof (typeof alertRules)[Code]['threshold']]: number }

/** From when on each alert is raised; false where the host has switched it off. */
export type AlertThresholds = { readonly [Code in AlertCode]: false | Readonly<Threshold<Code>> }

/** What is left out keeps its default, alert by alert and number by number; false switches an alert off. */
export type AlertRulesInput = { [Code in AlertCode]?: false | Partial<Threshold<Code>> }

const most = 1_000_000_000
const figure = z.int().check(z.minimum(1), z.maximum(most))

const inputOf = (threshold: Readonly<Record<string, number>>) =>
  z.optional(
    z.union([
      z.literal(false),
      z.partial(z.strictObject(Object.fromEntries(Object.keys(threshold).map(name => [name, figure])))),
    ]),
  )

const shape = Object.fromEntries(Object.entries(alertRules).map(([code, { threshold }]) => [code, inputOf(threshold)]))

/** As a host writes it. */
export const alertRulesInput = z.strictObject(shape) as unknown as z.ZodMiniType<AlertRulesInput, AlertRulesInput>

export const toAlertThresholds = (input: AlertRulesInput): AlertThresholds =>
  Object.fromEntries(
    Object.entries(alertRules).map(([code, { threshold }]) => {
      const chosen = input[code as AlertCode]
      return [code, chosen === false ? false : { ...threshold, ...chosen }]
    }),
  ) as AlertThresholds
