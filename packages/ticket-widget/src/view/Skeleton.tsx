/** Keeps the room that the tickets will take. */
export const Skeleton = ({ heading }: { heading: boolean }) => (
  <div aria-hidden="true">
    {heading && (
      <div class="heading">
        <div class="leaf bone" />
        <div class="grow">
          <div class="bone line wide" />
          <div class="bone line" />
        </div>
      </div>
    )}
    {[0, 1, 2].map(row => (
      <div class="tier" key={row}>
        <div class="grow">
          <div class="bone line" />
          <div class="bone line short" />
        </div>
        <div class="bone steps" />
      </div>
    ))}
    <div class="bone bar" />
  </div>
)
