/** Secrets for tests: long enough to be taken, and known to everybody. */
export const testSecrets = {
  orderTokenKeys: [{ id: 'test', secret: 'order token secret of the tests, long enough' }],
  ticketCode: 'ticket code secret of the tests, long enough',
  adminKeys: ['vk_sec_test_0123456789abcdef0123456789abcdef'],
  jobs: 'jobs-secret-of-the-tests-0123456789abcdef',
}
