-- What each ticket of an order cost, out of what was really paid: by price, the remainder to the largest fractions, so
-- that the shares sum to the payment to the last minor unit.
create or replace function ticketing.ticket_shares(bought ticketing.orders, paid_minor bigint)
returns table (ticket_id uuid, share_minor bigint)
language sql stable security definer set search_path = ''
as $$
  with places as (
    select k.ticket_id, k.line, k.ordinal, i.unit_price_minor::numeric * paid_minor as weight,
      greatest(bought.total_minor, 1) as total
    from ticketing.tickets k
    join ticketing.order_items i on i.event_id = k.event_id and i.order_id = k.order_id and i.line = k.line
    where k.event_id = bought.event_id and k.order_id = bought.order_id
  ), split as (
    select p.*, div(p.weight, p.total)::bigint as base, mod(p.weight, p.total) as rest from places p
  )
  select s.ticket_id,
    s.base + case
      when s.rest > 0 and row_number() over (order by s.rest desc, s.line, s.ordinal)
        <= round(sum(s.rest) over () / s.total)
      then 1 else 0
    end
  from split s
$$;

revoke execute on function ticketing.ticket_shares from public;
