-- Idempotent by (feed, author, client id): another body under it is a conflict. `media` is [{uploadId, alt}], uploads
-- of the same viewer in the same feed that no post has and that were not rejected; they may still be on their way.
create or replace function feed.create_post(
  feed_id uuid, venue_id uuid, post_id uuid, client_id uuid, author jsonb, moderator boolean, text text, media jsonb,
  media_kinds jsonb, request_hash text
) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz;
  written feed.posts;
  fault jsonb;
begin
  perform venuekit.commit_durably();
  if not exists (
    select from feed.feeds f where f.feed_id = create_post.feed_id and f.venue_id = create_post.venue_id
  ) then
    return jsonb_build_object('outcome', 'not_found');
  end if;

  -- In one order, before the post: the same request twice at once waits here for itself.
  perform from feed.media m
  where m.upload_id in (select (e.value ->> 'uploadId')::uuid from jsonb_array_elements(create_post.media) e)
  order by m.upload_id
  for no key update;

  select p.* into written from feed.posts p
  where p.feed_id = create_post.feed_id and p.author_id = create_post.author ->> 'id'
    and p.client_id = create_post.client_id;
  if not found then
    fault := feed.find_media_fault(
      create_post.feed_id, create_post.author ->> 'id', create_post.media, create_post.media_kinds);
    if fault is not null then
      return fault;
    end if;
    moment := venuekit.clock();
    insert into feed.posts (
      post_id, feed_id, client_id, author_id, author, text, request_hash, created_at, position
    ) values (
      create_post.post_id, create_post.feed_id, create_post.client_id, create_post.author ->> 'id',
      create_post.author, create_post.text, create_post.request_hash, moment,
      feed.sort_key(moment, create_post.post_id)
    )
    on conflict on constraint post_client_id_once do nothing
    returning * into written;
    if found then
      update feed.media m
      set post_id = written.post_id, ordinal = e.place - 1, alt = e.value ->> 'alt', changed_at = moment
      from jsonb_array_elements(create_post.media) with ordinality as e (value, place)
      where m.upload_id = (e.value ->> 'uploadId')::uuid;
      perform feed.note_change(written, 'post', moment);
      return jsonb_build_object(
        'outcome', 'created', 'post', feed.post_json(written, written.author_id, create_post.moderator));
    end if;
    select p.* into written from feed.posts p
    where p.feed_id = create_post.feed_id and p.author_id = create_post.author ->> 'id'
      and p.client_id = create_post.client_id;
  end if;

  if written.request_hash <> create_post.request_hash then
    return jsonb_build_object('outcome', 'idempotency_conflict');
  end if;
  return jsonb_build_object(
    'outcome', 'replayed', 'post', feed.post_json(written, written.author_id, create_post.moderator));
end
$$;

revoke execute on function feed.create_post from public;
grant execute on function feed.create_post to venuekit_app;
