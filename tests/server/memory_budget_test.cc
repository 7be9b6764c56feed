#include "server/memory_budget.h"

#include <gtest/gtest.h>

namespace gisa {
namespace {

class CountingWaiter final : public MemoryBudget::Waiter {
 public:
  void OnRoom() override { ++calls; }

  int calls = 0;
};

TEST(MemoryBudgetTest, WhatIsNotFreeIsRefusedUntilItIsReturned) {
  MemoryBudget budget(100);
  EXPECT_TRUE(budget.TryTake(60));
  EXPECT_FALSE(budget.TryTake(41));
  EXPECT_TRUE(budget.TryTake(40));
  EXPECT_FALSE(budget.TryTake(1));
  budget.Return(60);
  EXPECT_TRUE(budget.TryTake(60));
}

TEST(MemoryBudgetTest, AnyOneRequestFitsIntoAnEmptyBudget) {
  MemoryBudget budget(100);
  EXPECT_TRUE(budget.TryTake(1000));
  EXPECT_FALSE(budget.TryTake(1));
  budget.Return(1000);
  EXPECT_EQ(budget.taken(), 0u);
}

TEST(MemoryBudgetTest, ItIsScarceWhenMoreThanHalfIsTaken) {
  MemoryBudget budget(100);
  budget.Take(50);
  EXPECT_FALSE(budget.IsScarce());
  budget.Take(1);
  EXPECT_TRUE(budget.IsScarce());
}

TEST(MemoryBudgetTest, AWaiterIsToldOnceWhenThereIsRoom) {
  MemoryBudget budget(800);
  CountingWaiter waiter;
  EXPECT_TRUE(budget.HasRoomOrWait(&waiter));
  budget.Take(900);
  EXPECT_FALSE(budget.HasRoomOrWait(&waiter));
  budget.Return(150);
  EXPECT_EQ(waiter.calls, 0) << "nearly full, it would wait again at once";
  budget.Return(50);
  EXPECT_EQ(waiter.calls, 1);
  budget.Return(50);
  EXPECT_EQ(waiter.calls, 1);
}

TEST(MemoryBudgetTest, AForgottenWaiterIsNotTold) {
  MemoryBudget budget(100);
  CountingWaiter waiter;
  budget.Take(100);
  EXPECT_FALSE(budget.HasRoomOrWait(&waiter));
  budget.Forget(&waiter);
  budget.Return(100);
  EXPECT_EQ(waiter.calls, 0);
}

TEST(MemoryBudgetTest, AShareIsReturnedAtItsEnd) {
  MemoryBudget budget(100);
  {
    MemoryShare share;
    EXPECT_TRUE(share.TryTake(&budget, 70));
    MemoryShare other;
    EXPECT_FALSE(other.TryTake(&budget, 70));
  }
  EXPECT_EQ(budget.taken(), 0u);
}

TEST(MemoryBudgetTest, ThePartsAreNoMoreThanTheWhole) {
  const MemoryParts parts(512 << 20);
  EXPECT_LE(parts.received + parts.replies + parts.queue, size_t{512} << 20);
}

}  // namespace
}  // namespace gisa
