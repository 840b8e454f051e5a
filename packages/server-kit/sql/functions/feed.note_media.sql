-- A post's media became ready or was rejected: all see the post anew, or it goes where nothing of it is left.
create or replace function feed.note_media(post_id uuid, moment timestamptz) returns void
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  showing feed.posts;
begin
  select p.* into showing from feed.posts p
  where p.post_id = note_media.post_id and p.deleted_at is null;
  if not found then
    return;
  end if;
  if showing.text = '' and not exists (
    select from feed.media m where m.post_id = showing.post_id and m.status <> 'rejected'
  ) then
    perform feed.remove_post(showing, 'venuekit', null, note_media.moment);
    return;
  end if;
  update feed.posts p set version = p.version + 1 where p.post_id = showing.post_id returning * into showing;
  perform feed.note_change(showing, 'post', note_media.moment);
end
$$;

revoke execute on function feed.note_media from public;
