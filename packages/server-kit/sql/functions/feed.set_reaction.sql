-- The viewer's reaction as the state desired: saying it again changes nothing. The post's row is locked first, so that
-- its counter and the rows it counts move together.
create or replace function feed.set_reaction(
  post_id uuid, venue_id uuid, viewer_id text, moderator boolean, reacted boolean
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  shown feed.posts := feed.lock_post(set_reaction.post_id, set_reaction.venue_id);
  moment timestamptz := venuekit.clock();
begin
  perform venuekit.commit_durably();
  if shown.post_id is null then
    return jsonb_build_object('outcome', 'not_found');
  end if;

  if set_reaction.reacted then
    insert into feed.reactions (post_id, viewer_id, reacted_at)
    values (set_reaction.post_id, set_reaction.viewer_id, moment)
    on conflict on constraint reactions_key do nothing;
  else
    delete from feed.reactions r
    where r.post_id = set_reaction.post_id and r.viewer_id = set_reaction.viewer_id;
  end if;
  if found then
    update feed.posts p
    set reaction_count = p.reaction_count + case when set_reaction.reacted then 1 else -1 end, version = p.version + 1
    where p.post_id = set_reaction.post_id
    returning p.* into shown;
    perform feed.note_change(shown, 'post', moment);
  end if;
  return jsonb_build_object(
    'outcome', 'set', 'post', feed.post_json(shown, set_reaction.viewer_id, set_reaction.moderator));
end
$$;

revoke execute on function feed.set_reaction from public;
grant execute on function feed.set_reaction to venuekit_app;
