-- Buckets for images: what posts show is public under names that nobody can guess; what is not examined yet is not.
insert into storage.buckets (id, name, public) values
  ('venuekit-media', 'venuekit-media', true),
  ('venuekit-uploads', 'venuekit-uploads', false)
on conflict (id) do nothing;
