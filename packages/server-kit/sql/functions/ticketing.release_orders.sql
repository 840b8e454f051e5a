-- Gives the places of locked orders back and ends them: the end of the fence.
create or replace function ticketing.release_orders(event_id uuid, order_ids uuid[], moment timestamptz) returns void
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  moves ticketing.place_move[] := ticketing.end_orders(event_id, order_ids, moment);
begin
  if cardinality(moves) > 0 then
    perform ticketing.move_places(release_orders.event_id, 'release', moves, release_orders.moment, null);
  end if;
end
$$;

revoke execute on function ticketing.release_orders from public;
