/** Secrets for tests: long enough to be taken, and known to everybody. */
export const testSecrets = {
  orderTokenKeys: [{ id: 'test', secret: 'order token secret of the tests, long enough' }],
  ticketKeys: ['vk_ticket_sec_nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A'],
  scannerKeys: ['vk_scan_test_0123456789abcdef0123456789abcdef'],
  adminKeys: ['vk_sec_test_0123456789abcdef0123456789abcdef'],
  jobs: 'jobs-secret-of-the-tests-0123456789abcdef',
}
