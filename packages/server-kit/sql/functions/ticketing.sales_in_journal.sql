-- What the journal says beyond the periods that are kept, by five minutes: of one event or, by null, of all; up to an
-- entry, or to the end. Places are counted by tier: an entry of a pool tells of the same places again.
create or replace function ticketing.sales_in_journal(event_id uuid, until_entry bigint) returns table (
  starts_at timestamptz, currency text, issued bigint, returned bigint, reserved bigint, taken_minor bigint,
  given_back_minor bigint
)
language plpgsql stable security definer set search_path = ''
as $$
#variable_conflict use_column
begin
  return query
  select date_bin('5 minutes', j.occurred_at, 'epoch'), coalesce(p.currency, e.currency),
    coalesce(sum(j.issued_delta) filter (where j.issued_delta > 0), 0)::bigint,
    coalesce(-sum(j.issued_delta) filter (where j.issued_delta < 0), 0)::bigint,
    sum(j.reserved_delta)::bigint,
    coalesce(sum(j.money_delta_minor) filter (where j.money_delta_minor > 0), 0)::bigint,
    coalesce(-sum(j.money_delta_minor) filter (where j.money_delta_minor < 0), 0)::bigint
  from ticketing.events e
  left join ticketing.sales_checkpoints c on c.event_id = e.event_id
  join ticketing.journal j on j.event_id = e.event_id and j.entry_id > coalesce(c.entry_id, 0)
    and j.entry_id <= coalesce(sales_in_journal.until_entry, 9223372036854775807)
  left join ticketing.payments p
    on p.event_id = j.event_id and p.order_id = j.order_id and p.payment_id = j.payment_id
  where (sales_in_journal.event_id is null or e.event_id = sales_in_journal.event_id)
    and j.pool_id is null and (j.issued_delta <> 0 or j.reserved_delta <> 0 or j.money_delta_minor <> 0)
  group by 1, 2;
end
$$;

revoke execute on function ticketing.sales_in_journal from public;
