-- Takes a locked post away: its reports are decided by it, its media let go, and streams are told.
create or replace function feed.remove_post(removed feed.posts, actor text, note text, moment timestamptz) returns void
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
begin
  update feed.posts p set deleted_at = moment, deleted_by = remove_post.actor, version = p.version + 1
  where p.post_id = remove_post.removed.post_id;
  perform feed.close_case(remove_post.removed.post_id, 'remove', remove_post.actor, remove_post.note, moment);
  perform feed.queue_media_removal(array(
    select m.upload_id from feed.media m where m.post_id = remove_post.removed.post_id
  ), moment);
  perform feed.note_change(remove_post.removed, 'removed', moment);
end
$$;

revoke execute on function feed.remove_post from public;
