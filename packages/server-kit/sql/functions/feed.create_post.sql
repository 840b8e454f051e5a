-- Idempotent by (feed, author, client id): another body under it is a conflict.
create or replace function feed.create_post(
  feed_id uuid, venue_id uuid, post_id uuid, client_id uuid, author jsonb, text text, request_hash text
) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
  written feed.posts;
begin
  perform venuekit.commit_durably();
  if not exists (
    select from feed.feeds f where f.feed_id = create_post.feed_id and f.venue_id = create_post.venue_id
  ) then
    return jsonb_build_object('outcome', 'not_found');
  end if;

  insert into feed.posts (
    post_id, feed_id, client_id, author_id, author, text, request_hash, created_at, position
  ) values (
    create_post.post_id, create_post.feed_id, create_post.client_id, create_post.author ->> 'id',
    create_post.author, create_post.text, create_post.request_hash, moment,
    lpad(to_hex((extract(epoch from moment) * 1000000)::bigint), 14, '0') || '-' || create_post.post_id
  )
  on conflict on constraint post_client_id_once do nothing
  returning * into written;
  if found then
    return jsonb_build_object(
      'outcome', 'created', 'post', feed.post_json(written, create_post.author ->> 'id', false));
  end if;

  select p.* into written from feed.posts p
  where p.feed_id = create_post.feed_id and p.author_id = create_post.author ->> 'id'
    and p.client_id = create_post.client_id;
  if written.request_hash <> create_post.request_hash then
    return jsonb_build_object('outcome', 'idempotency_conflict');
  end if;
  return jsonb_build_object('outcome', 'replayed', 'post', feed.post_json(written, create_post.author ->> 'id', false));
end
$$;

revoke execute on function feed.create_post from public;
grant execute on function feed.create_post to venuekit_app;
