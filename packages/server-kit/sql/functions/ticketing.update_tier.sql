-- Durable. Changes what `change` names, and notes who changed it. A new price is for orders to come: a line keeps the price it was reserved at.
create or replace function ticketing.update_tier(event_id uuid, tier_id uuid, change jsonb, actor text) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  tier ticketing.tiers;
  charged_in text;
  moves_pool boolean := false;
  before jsonb;
  moment timestamptz;
begin
  perform venuekit.commit_durably();
  if coalesce(update_tier.actor, '') = '' then
    raise exception 'a tier is changed by an actor' using errcode = '22023';
  end if;
  -- Stronger than a change needs: it waits for orders under way, so that "nothing sold yet" is the truth.
  if update_tier.change ? 'poolId' then
    perform from ticketing.tiers t
    where t.event_id = update_tier.event_id and t.tier_id = update_tier.tier_id for update;
  end if;
  select t.* into tier from ticketing.tiers t
  where t.event_id = update_tier.event_id and t.tier_id = update_tier.tier_id for no key update;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  moment := venuekit.clock();
  before := to_jsonb(tier);

  tier.name := coalesce(update_tier.change ->> 'name', tier.name);
  tier.price_minor := coalesce((update_tier.change ->> 'priceMinor')::bigint, tier.price_minor);
  tier.max_per_order := coalesce((update_tier.change ->> 'maxPerOrder')::integer, tier.max_per_order);
  if update_tier.change ? 'description' then
    tier.description := update_tier.change ->> 'description';
  end if;
  if update_tier.change ? 'salesStartAt' then
    tier.sales_start_at := (update_tier.change ->> 'salesStartAt')::timestamptz;
  end if;
  if update_tier.change ? 'salesEndAt' then
    tier.sales_end_at := (update_tier.change ->> 'salesEndAt')::timestamptz;
  end if;
  if update_tier.change ? 'poolId' then
    moves_pool := tier.pool_id is distinct from (update_tier.change ->> 'poolId')::uuid;
    tier.pool_id := (update_tier.change ->> 'poolId')::uuid;
  end if;

  select e.currency into charged_in from ticketing.events e where e.event_id = tier.event_id;
  if update_tier.change ? 'priceMinor' and tier.price_minor % ticketing.currency_step(charged_in) <> 0 then
    return jsonb_build_object('outcome', 'price_off_step', 'currency', charged_in);
  elsif tier.sales_end_at <= tier.sales_start_at then
    return jsonb_build_object('outcome', 'sales_end_before_start');
  elsif moves_pool and tier.pool_id is not null and not exists (
    select from ticketing.capacity_pools p where p.event_id = tier.event_id and p.pool_id = tier.pool_id
  ) then
    return jsonb_build_object('outcome', 'unknown_pool');
  elsif moves_pool and exists (
    select from ticketing.order_items i where i.event_id = tier.event_id and i.tier_id = tier.tier_id
  ) then
    return jsonb_build_object('outcome', 'pool_fixed');
  end if;
  update ticketing.tiers t
  set name = tier.name, description = tier.description, price_minor = tier.price_minor,
    max_per_order = tier.max_per_order, sales_start_at = tier.sales_start_at, sales_end_at = tier.sales_end_at,
    pool_id = tier.pool_id
  where t.event_id = tier.event_id and t.tier_id = tier.tier_id;
  perform ticketing.note_change(tier.event_id, tier.tier_id, update_tier.actor, before, to_jsonb(tier), moment);
  return ticketing.get_admin_event(tier.event_id);
end
$$;

revoke execute on function ticketing.update_tier from public;
grant execute on function ticketing.update_tier to venuekit_app;
