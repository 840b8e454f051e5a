-- Pins a post above all others, or lets it go back to its place. A post that is pinned keeps the time of its pin. Only
-- moderators get here.
create or replace function feed.pin_post(
  post_id uuid, venue_id uuid, viewer_id text, pinned boolean
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  shown feed.posts := feed.lock_post(pin_post.post_id, pin_post.venue_id);
  moment timestamptz := venuekit.clock();
begin
  perform venuekit.commit_durably();
  if shown.post_id is null then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  if (shown.pinned_at is not null) <> pin_post.pinned then
    update feed.posts p
    set pinned_at = case when pin_post.pinned then moment end, version = p.version + 1
    where p.post_id = pin_post.post_id
    returning p.* into shown;
    perform feed.note_change(shown, 'post', moment);
  end if;
  return jsonb_build_object('outcome', 'set', 'post', feed.post_json(shown, pin_post.viewer_id, true));
end
$$;

revoke execute on function feed.pin_post from public;
grant execute on function feed.pin_post to venuekit_app;
