import type { Endpoint } from './endpoint.ts'
import { endpoints } from './endpoints.ts'
import type { RouteName } from './routes.ts'

/**
 * Checks an answer by the contract; throws what differs. For the client's `validate`, in tests and in apps that carry
 * the schemas anyway: `createClient({ …, validate: validateAnswer })`.
 */
export const validateAnswer = (route: RouteName, answer: unknown): unknown => {
  const { response }: Endpoint = endpoints[route]
  return response === null || response === 'stream' ? answer : response.parse(answer)
}
