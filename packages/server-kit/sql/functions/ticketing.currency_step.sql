-- What an amount must be a multiple of for the payment gateway to move it: `currencyStep` of core, in SQL.
create or replace function ticketing.currency_step(currency text) returns integer
language sql immutable security definer set search_path = ''
as $$
  select case
    when currency_step.currency in ('ISK', 'UGX') then 100
    when currency_step.currency in ('BHD', 'JOD', 'KWD', 'OMR', 'TND') then 10
    else 1
  end
$$;

revoke execute on function ticketing.currency_step from public;
