using Galley.Content;

namespace Galley.Tests.Content;

/// <summary>How the scopes of an edition are packed into a column.</summary>
public sealed class ScopeSetTests
{
    [Fact]
    public void What_is_packed_comes_out_sorted_and_once()
    {
        Scope[] scopes = [Scope.Tag(900_000), Scope.All, Scope.SectionTree(7), Scope.Tag(3), Scope.SectionTree(7), Scope.SectionOnly(7), Scope.AllIn(2), Scope.Breaking];

        var unpacked = ScopeSet.Unpack(ScopeSet.Pack(scopes));

        Assert.Equal(scopes.Distinct().OrderBy(scope => scope.Packed), unpacked);
    }

    [Fact]
    public void Nothing_packs_into_nothing() => Assert.Empty(ScopeSet.Unpack(ScopeSet.Pack([])));

    [Fact]
    public void Numbers_of_any_size_survive()
    {
        var dice = new Random(20260115);
        for (var round = 0; round < 500; round++)
        {
            var scopes = Enumerable.Range(0, dice.Next(1, 40)).Select(_ => Scope.Tag(dice.NextInt64(1L << dice.Next(1, 55)))).Distinct().ToList();

            Assert.Equal(scopes.OrderBy(scope => scope.Packed), ScopeSet.Unpack(ScopeSet.Pack(scopes)));
        }
    }

    [Fact]
    public void Scopes_of_different_kinds_never_meet()
    {
        Scope[] scopes = [Scope.All, Scope.AllIn(1), Scope.SectionTree(1), Scope.SectionOnly(1), Scope.Tag(1), Scope.Source(1), Scope.Breaking, Scope.Urgency(1)];

        Assert.Equal(scopes.Length, scopes.Distinct().Count());
    }

    [Fact]
    public void Only_the_whole_site_and_sections_have_a_count_that_readers_see()
    {
        Assert.True(Scope.All.HasShownCount);
        Assert.True(Scope.SectionTree(9).HasShownCount);
        Assert.False(Scope.SectionOnly(9).HasShownCount);
        Assert.False(Scope.AllIn(9).HasShownCount);
        Assert.False(Scope.Tag(9).HasShownCount);
    }
}
