-- What becomes of an orphan payment: `review` (a person decides), `refunding`, `refunded`, `claimed`, or `settled` by a
-- person, which `note` explains. An end is never undone. Durable.
create or replace function venuekit.settle_orphan(account text, session_id text, status text, note text) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
begin
  perform venuekit.commit_durably();
  update venuekit.orphan_payments p
  set status = settle_orphan.status, note = coalesce(settle_orphan.note, p.note),
    ended_at = case when settle_orphan.status in ('claimed', 'refunded', 'settled') then moment end,
    -- Asked about again by the job, until the refund is confirmed, be it a person's.
    due_at = case settle_orphan.status
      when 'refunding' then moment + interval '15 minutes'
      when 'review' then moment + interval '1 day'
      else p.due_at
    end
  where p.account = settle_orphan.account and p.session_id = settle_orphan.session_id and p.ended_at is null;
  if not found then
    return jsonb_build_object('outcome', 'unchanged');
  end if;
  if settle_orphan.status in ('claimed', 'refunded', 'settled') then
    perform venuekit.close_alerts(array['session:' || settle_orphan.session_id], null, moment);
  end if;
  return jsonb_build_object('outcome', 'settled');
end
$$;

revoke execute on function venuekit.settle_orphan from public;
grant execute on function venuekit.settle_orphan to venuekit_app;
