-- What forbids that a new post takes these uploads, as an answer; null where nothing does. Their rows are locked.
create or replace function feed.find_media_fault(
  feed_id uuid, viewer_id text, media jsonb, media_kinds jsonb
) returns jsonb
language sql stable security definer set search_path = ''
as $$
  select jsonb_build_object('outcome', f.outcome, 'place', f.place, 'kind', f.kind, 'rejection', f.rejection)
  from (
    select e.place - 1 as place, m.kind, m.rejection,
      case
        when m.upload_id is null then 'media_not_found'
        when m.post_id is not null then 'media_taken'
        when m.status = 'rejected' then 'media_rejected'
        when m.removed_at is not null then 'media_not_found'
        when not find_media_fault.media_kinds ? m.kind then 'media_switched_off'
        when m.kind = 'video' and count(*) filter (where m.kind = 'video') over (order by e.place) > 1
          then 'second_video'
      end as outcome
    from jsonb_array_elements(find_media_fault.media) with ordinality as e (value, place)
    left join feed.media m
      on m.upload_id = (e.value ->> 'uploadId')::uuid
      and m.feed_id = find_media_fault.feed_id and m.viewer_id = find_media_fault.viewer_id
  ) f
  where f.outcome is not null
  order by f.place
  limit 1
$$;

revoke execute on function feed.find_media_fault from public;
